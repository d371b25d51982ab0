package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

// pools is the part of Amazon Cognito that the program uses.
type pools interface {
	CreateUserPoolClient(context.Context, *cognitoidentityprovider.CreateUserPoolClientInput, ...func(*cognitoidentityprovider.Options)) (*cognitoidentityprovider.CreateUserPoolClientOutput, error)
	DeleteUserPoolClient(context.Context, *cognitoidentityprovider.DeleteUserPoolClientInput, ...func(*cognitoidentityprovider.Options)) (*cognitoidentityprovider.DeleteUserPoolClientOutput, error)
	AddUserPoolClientSecret(context.Context, *cognitoidentityprovider.AddUserPoolClientSecretInput, ...func(*cognitoidentityprovider.Options)) (*cognitoidentityprovider.AddUserPoolClientSecretOutput, error)
	DeleteUserPoolClientSecret(context.Context, *cognitoidentityprovider.DeleteUserPoolClientSecretInput, ...func(*cognitoidentityprovider.Options)) (*cognitoidentityprovider.DeleteUserPoolClientSecretOutput, error)
	ListUserPoolClientSecrets(context.Context, *cognitoidentityprovider.ListUserPoolClientSecretsInput, ...func(*cognitoidentityprovider.Options)) (*cognitoidentityprovider.ListUserPoolClientSecretsOutput, error)
}

// tokenHours is the published lifetime of a token.
const tokenHours = 8

// registerClient makes a client with the pool, its record in the table, and lets its tokens in. What fails
// before the stack's update has begun is undone: no client is left that nobody knows the secret of.
func (a *admin) registerClient(ctx context.Context) error {
	given, err := a.required("STACK", "NAME", "ACCOUNT", "USER_ID")
	if err != nil {
		return err
	}
	client := dynamo.Client{AccountID: given["ACCOUNT"], UserID: given["USER_ID"], Name: given["NAME"]}
	if err := client.Validate(); err != nil {
		return err
	}
	s, err := a.withPool(ctx, given["STACK"])
	if err != nil {
		return err
	}
	if len(s.audience) >= audienceLimit {
		return errFull
	}
	delivery, err := a.openDelivery()
	if err != nil {
		return err
	}
	defer delivery.close()
	created, err := a.createClient(ctx, s, client.Name)
	if err != nil {
		return err
	}
	client.ID = aws.ToString(created.ClientId)
	if err := a.enter(ctx, s, client); err != nil {
		return errors.Join(err, a.undo(ctx, s, client.ID))
	}
	if err := delivery.deliver(client.ID, aws.ToString(created.ClientSecret)); err != nil {
		return fmt.Errorf("client %s is registered, but nobody has its secret: make another with `make rotate-secret CLIENT=%s`, then retire this one: %w", client.ID, client.ID, err)
	}
	if err := a.awaitUpdate(ctx, s); err != nil {
		return fmt.Errorf("client %s is registered, but its tokens may be refused: %w", client.ID, err)
	}
	a.say("Client %s is registered for account %s.", client.ID, client.AccountID)
	return nil
}

func (a *admin) createClient(ctx context.Context, s stack, name string) (*types.UserPoolClientType, error) {
	out, err := a.pools.CreateUserPoolClient(ctx, &cognitoidentityprovider.CreateUserPoolClientInput{
		UserPoolId:                      &s.userPoolID,
		ClientName:                      &name,
		GenerateSecret:                  true,
		AllowedOAuthFlowsUserPoolClient: true,
		AllowedOAuthFlows:               []types.OAuthFlowType{types.OAuthFlowTypeClientCredentials},
		AllowedOAuthScopes:              []string{task.ScopeWrite},
		AccessTokenValidity:             aws.Int32(tokenHours),
		TokenValidityUnits:              &types.TokenValidityUnitsType{AccessToken: types.TimeUnitsTypeHours},
		EnableTokenRevocation:           aws.Bool(true),
	})
	if err != nil {
		return nil, fmt.Errorf("create the client: %w", err)
	}
	return out.UserPoolClient, nil
}

// enter puts the client's record and begins the stack's update.
func (a *admin) enter(ctx context.Context, s stack, client dynamo.Client) error {
	created, err := dynamo.PutIfAbsent(ctx, a.table, s.tableName, dynamo.ClientItem(client))
	if err != nil {
		return fmt.Errorf("put the record of client %s: %w", client.ID, err)
	}
	if !created {
		return fmt.Errorf("the table has a record of client %s already", client.ID)
	}
	return a.admit(ctx, s, client.ID)
}

// undo goes on when the user ends the program.
func (a *admin) undo(ctx context.Context, s stack, clientID string) error {
	ctx = context.WithoutCancel(ctx)
	err := errors.Join(dynamo.DeleteClient(ctx, a.table, s.tableName, clientID), a.deleteFromPool(ctx, s, clientID))
	if err != nil {
		return fmt.Errorf("client %s is left behind, remove it with `make remove-client CLIENT=%s`: %w", clientID, clientID, err)
	}
	return errors.New("nothing was registered")
}

// givenClient reads which stack's client is meant.
func (a *admin) givenClient(ctx context.Context) (s stack, clientID string, err error) {
	given, err := a.required("STACK", "CLIENT")
	if err != nil {
		return stack{}, "", err
	}
	s, err = a.withPool(ctx, given["STACK"])
	return s, given["CLIENT"], err
}

// removeClient takes a client away: no new tokens first, then none of the old ones, then the client.
func (a *admin) removeClient(ctx context.Context) error {
	s, clientID, err := a.givenClient(ctx)
	if err != nil {
		return err
	}
	if err := dynamo.DeleteClient(ctx, a.table, s.tableName, clientID); err != nil {
		return err
	}
	begun, err := a.dismiss(ctx, s, clientID)
	if err == nil && begun {
		err = a.awaitUpdate(ctx, s)
	}
	if err != nil {
		return fmt.Errorf("client %s gets no new tokens, but its old ones still count: %w", clientID, err)
	}
	if err := a.deleteFromPool(ctx, s, clientID); err != nil {
		return err
	}
	a.say("Client %s is removed.", clientID)
	return nil
}

// deleteFromPool is content with a client that is not there.
func (a *admin) deleteFromPool(ctx context.Context, s stack, clientID string) error {
	_, err := a.pools.DeleteUserPoolClient(ctx, &cognitoidentityprovider.DeleteUserPoolClientInput{
		UserPoolId: &s.userPoolID, ClientId: &clientID,
	})
	if _, gone := errors.AsType[*types.ResourceNotFoundException](err); err == nil || gone {
		return nil
	}
	return fmt.Errorf("delete client %s: %w", clientID, err)
}
