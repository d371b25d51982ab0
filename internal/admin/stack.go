package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// stacks is the part of AWS CloudFormation that the program uses.
type stacks interface {
	cloudformation.DescribeStacksAPIClient
	UpdateStack(context.Context, *cloudformation.UpdateStackInput, ...func(*cloudformation.Options)) (*cloudformation.UpdateStackOutput, error)
}

const (
	// audienceParameter lists the clients whose tokens the API takes.
	audienceParameter = "Audience"
	// audienceLimit is how many an authorizer of an HTTP API can tell apart.
	audienceLimit = 50
	// nobody is what the parameter holds before the first client.
	nobody = "no-client-is-registered"
	// updateLimit is far above what a change of the authorizer takes.
	updateLimit = 15 * time.Minute
)

// stack is what the program needs to know of a deployed stack.
type stack struct {
	name                  string
	tableName, userPoolID string
	audience              []string
	parameters            []string
}

func (a *admin) readStack(ctx context.Context, name string) (stack, error) {
	out, err := a.stacks.DescribeStacks(ctx, &cloudformation.DescribeStacksInput{StackName: &name})
	if err != nil {
		return stack{}, fmt.Errorf("look at stack %s: %w", name, err)
	}
	if len(out.Stacks) != 1 {
		return stack{}, fmt.Errorf("there is no stack %s in this account and region", name)
	}
	s := stack{name: name}
	for _, output := range out.Stacks[0].Outputs {
		switch aws.ToString(output.OutputKey) {
		case "TableName":
			s.tableName = aws.ToString(output.OutputValue)
		case "UserPoolId":
			s.userPoolID = aws.ToString(output.OutputValue)
		}
	}
	if s.tableName == "" {
		return stack{}, fmt.Errorf("stack %s has no output TableName: it is none of this project, or not deployed to the end", name)
	}
	for _, parameter := range out.Stacks[0].Parameters {
		key := aws.ToString(parameter.ParameterKey)
		s.parameters = append(s.parameters, key)
		if key == audienceParameter {
			s.audience = listed(aws.ToString(parameter.ParameterValue))
		}
	}
	return s, nil
}

// withPool is readStack for what needs the stack's own issuer.
func (a *admin) withPool(ctx context.Context, name string) (stack, error) {
	s, err := a.readStack(ctx, name)
	if err == nil && s.userPoolID == "" {
		err = fmt.Errorf("stack %s takes the tokens of another issuer: clients are registered there", name)
	}
	return s, err
}

// listed takes a list parameter apart, without the entry that stands for nobody.
func listed(value string) []string {
	var members []string
	for _, member := range strings.Split(value, ",") {
		if member = strings.TrimSpace(member); member != "" && member != nobody {
			members = append(members, member)
		}
	}
	return members
}

// admit begins the stack's update that lets a client's tokens in. It goes by the list as it is at this
// moment: another client may have been registered since s was read.
func (a *admin) admit(ctx context.Context, s stack, clientID string) error {
	s, err := a.readStack(ctx, s.name)
	if err != nil {
		return err
	}
	if len(s.audience) >= audienceLimit {
		return errFull
	}
	return a.setAudience(ctx, s, append(s.audience, clientID))
}

// dismiss begins the update that keeps a client's tokens out; begun is false where the list did not have it.
func (a *admin) dismiss(ctx context.Context, s stack, clientID string) (begun bool, err error) {
	i := slices.Index(s.audience, clientID)
	if i < 0 {
		return false, nil
	}
	rest := slices.Delete(slices.Clone(s.audience), i, i+1)
	if len(rest) == 0 {
		rest = []string{nobody}
	}
	return true, a.setAudience(ctx, s, rest)
}

var errFull = errors.New("the stack has 50 clients, which is as many as an HTTP API's authorizer takes: remove one, or deploy with an Issuer of your own, whose tokens name one audience for all clients")

// setAudience changes the one parameter and nothing else: template, code and the other parameters stay.
func (a *admin) setAudience(ctx context.Context, s stack, audience []string) error {
	parameters := make([]types.Parameter, len(s.parameters))
	for i, key := range s.parameters {
		parameters[i] = types.Parameter{ParameterKey: &key, UsePreviousValue: aws.Bool(true)}
		if key == audienceParameter {
			parameters[i] = types.Parameter{ParameterKey: &key, ParameterValue: aws.String(strings.Join(audience, ","))}
		}
	}
	_, err := a.stacks.UpdateStack(ctx, &cloudformation.UpdateStackInput{
		StackName:           &s.name,
		UsePreviousTemplate: aws.Bool(true),
		Parameters:          parameters,
		// The template makes roles, and is one that SAM expands.
		Capabilities: []types.Capability{types.CapabilityCapabilityIam, types.CapabilityCapabilityAutoExpand},
	})
	if err != nil {
		return fmt.Errorf("update stack %s: %w", s.name, err)
	}
	return nil
}

func (a *admin) awaitUpdate(ctx context.Context, s stack) error {
	a.say("Waiting for stack %s …", s.name)
	waiter := cloudformation.NewStackUpdateCompleteWaiter(a.stacks)
	if err := waiter.Wait(ctx, &cloudformation.DescribeStacksInput{StackName: &s.name}, updateLimit); err != nil {
		return fmt.Errorf("the update of stack %s did not end well, see its events: %w", s.name, err)
	}
	return nil
}
