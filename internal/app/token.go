package app

import (
	"context"
	"errors"

	"accounttasks/internal/api"
	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/lambdahttp"
)

// Token is the function that issues tokens and adds clients. It implements lambda.Handler.
type Token struct {
	*lambdahttp.Handler
	environment Environment
	clients     client.Store
}

// NewToken makes the function for the table that the environment names in TABLE_NAME. The error names the variables
// that are missing.
func NewToken(e Environment) (*Token, error) {
	db, err := dynamo.NewClient(e.Getenv)
	if e.Getenv("TABLE_NAME") == "" {
		err = errors.Join(err, errors.New("the environment variable TABLE_NAME is not set"))
	}
	if err != nil {
		return nil, err
	}
	return NewTokenOn(dynamo.NewTable(db, e.Getenv("TABLE_NAME")).Clients(), e), nil
}

// NewTokenOn makes the function for clients that are kept elsewhere.
func NewTokenOn(clients client.Store, e Environment) *Token {
	issuer := client.NewIssuer(clients, e.Now, func(string) {})
	registry := client.NewRegistry(clients, e.Now)
	handler := lambdahttp.NewHandler(api.NewToken(client.NewAuthenticator(clients, e.Now), issuer, registry, e.Now, e.recorder()))
	return &Token{Handler: handler, environment: e, clients: clients}
}

// WarmUp opens the connection to the table, which costs the first request of a process more than the rest of it. The
// function starts even if the table does not answer yet.
func (f *Token) WarmUp() {
	ctx, cancel := context.WithTimeout(context.Background(), warmUpLimit)
	defer cancel()
	if _, err := f.clients.LoadCredentials(ctx, "", client.RefreshKey{}); err != nil {
		f.environment.Log.Warn("the table does not answer yet", "cause", err)
		f.environment.hintAtTable()
	}
}
