package tokenclaims_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/tokenclaims"
)

func TestAnEventOfAnotherKindGetsNoToken(t *testing.T) {
	asked := false
	load := func(context.Context, string) (dynamo.Client, bool, error) {
		asked = true
		return dynamo.Client{ID: "c", AccountID: "a", UserID: "u"}, true, nil
	}
	for name, event := range map[string]string{
		"a user's sign-in":  `{"triggerSource":"TokenGeneration_Authentication","callerContext":{"clientId":"c"}}`,
		"no trigger source": `{"callerContext":{"clientId":"c"}}`,
		"no client":         `{"triggerSource":"TokenGeneration_ClientCredentials","callerContext":{}}`,
		"a client as data":  `{"triggerSource":"TokenGeneration_ClientCredentials","callerContext":{"clientId":["c"]}}`,
		"null":              `null`,
		"a list":            `[]`,
	} {
		t.Run(name, func(t *testing.T) {
			var logged bytes.Buffer
			got, err := tokenclaims.NewHandler(load, slog.New(slog.NewTextHandler(&logged, nil))).Handle(t.Context(), json.RawMessage(event))
			if err == nil || got != nil {
				t.Errorf("got %s, %v", got, err)
			}
			if !strings.Contains(logged.String(), "no token") {
				t.Errorf("the log says %q", logged.String())
			}
		})
	}
	if asked {
		t.Error("the table was asked")
	}
}

func TestATableThatFailsIsNotTheCallersToSee(t *testing.T) {
	var logged bytes.Buffer
	load := func(ctx context.Context, _ string) (dynamo.Client, bool, error) {
		if deadline, limited := ctx.Deadline(); !limited || time.Until(deadline) > 5*time.Second {
			t.Errorf("the look-up may last until %v, and Cognito waits five seconds", deadline)
		}
		return dynamo.Client{}, false, errors.New("AccessDeniedException: arn:aws:dynamodb:secret")
	}
	event := `{"triggerSource":"TokenGeneration_ClientCredentials","callerContext":{"clientId":"c"}}`
	got, err := tokenclaims.NewHandler(load, slog.New(slog.NewTextHandler(&logged, nil))).Handle(t.Context(), json.RawMessage(event))
	if err == nil || got != nil || strings.Contains(err.Error(), "arn:") {
		t.Errorf("got %s, %v", got, err)
	}
	if !strings.Contains(logged.String(), "arn:aws:dynamodb:secret") {
		t.Errorf("the log says %q", logged.String())
	}
}
