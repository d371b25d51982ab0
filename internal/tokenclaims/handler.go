package tokenclaims

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"accounttasks/internal/dynamo"
)

// limit ends the work before Cognito, which waits five seconds, gives up and asks again.
const limit = 4 * time.Second

// Load reads a client's record; found is false where it has none.
type Load func(ctx context.Context, clientID string) (c dynamo.Client, found bool, err error)

// Handler answers Cognito's question what a token is to say.
type Handler struct {
	load Load
	log  *slog.Logger
}

// NewHandler makes a handler.
func NewHandler(load Load, log *slog.Logger) *Handler { return &Handler{load: load, log: log} }

// Handle gives the event back with the claims to add. An error keeps the token from being issued; its text
// is the caller's to see, and the log says more.
func (h *Handler) Handle(ctx context.Context, sent json.RawMessage) (map[string]json.RawMessage, error) {
	e, err := readEvent(sent)
	if err != nil {
		h.log.ErrorContext(ctx, "no token", "cause", err)
		return nil, errors.New("the token request cannot be answered")
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	client, found, err := h.load(ctx, e.clientID)
	switch {
	case err != nil:
		h.log.ErrorContext(ctx, "no token", "client", e.clientID, "cause", err)
		return nil, errors.New("the client's registration cannot be read")
	case !found:
		h.log.WarnContext(ctx, "no token", "client", e.clientID, "cause", "the client has no record in the table")
		return nil, errors.New("the client is not registered")
	}
	h.log.InfoContext(ctx, "token", "client", e.clientID, "account", client.AccountID)
	return e.withClaims(map[string]string{"account_id": client.AccountID, "user_id": client.UserID})
}

// event is Cognito's event. What the package does not read goes back as it came.
type event struct {
	members  map[string]json.RawMessage
	clientID string
}

// clientCredentials is the trigger source of a token that a client asks for by its own secret. The pool has
// no users, so there is no other.
const clientCredentials = "TokenGeneration_ClientCredentials"

func readEvent(sent json.RawMessage) (event, error) {
	var known struct {
		TriggerSource string
		CallerContext struct{ ClientID string }
	}
	e := event{}
	if err := errors.Join(json.Unmarshal(sent, &e.members), json.Unmarshal(sent, &known)); err != nil {
		return event{}, fmt.Errorf("read the event: %w", err)
	}
	e.clientID = known.CallerContext.ClientID
	if known.TriggerSource != clientCredentials || e.clientID == "" {
		return event{}, fmt.Errorf("an event from %q for client %q is none of client credentials", known.TriggerSource, e.clientID)
	}
	return e, nil
}

// response is the part of the answer that Cognito looks at. It holds nothing but the claims: scopes are the
// client's registration's matter.
type response struct {
	Details struct {
		AccessToken struct {
			Claims map[string]string `json:"claimsToAddOrOverride"`
		} `json:"accessTokenGeneration"`
	} `json:"claimsAndScopeOverrideDetails"`
}

func (e event) withClaims(claims map[string]string) (map[string]json.RawMessage, error) {
	var r response
	r.Details.AccessToken.Claims = claims
	written, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("write the claims: %w", err)
	}
	e.members["response"] = written
	return e.members, nil
}
