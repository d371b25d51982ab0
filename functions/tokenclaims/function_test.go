package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"reflect"
	"strings"
	"testing"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/local/table"
)

// registered is the client of the recorded event.
var registered = dynamo.Client{
	ID: "1example23456789", AccountID: "11111111-1111-4111-8111-111111111111", UserID: "integration.user", Name: "Billing",
}

// embedded is a table with these clients in it, as the function's environment names it.
func embedded(t *testing.T, clients ...dynamo.Client) (env func(string) string) {
	t.Helper()
	engine, err := table.StartEmbedded("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(engine.Close)
	access := table.LocalAccess(engine.Endpoint())
	client, err := access.Client()
	if err != nil {
		t.Fatal(err)
	}
	if err := table.CreateIfAbsent(t.Context(), client, "tasks"); err != nil {
		t.Fatal(err)
	}
	for _, c := range clients {
		if _, err := dynamo.PutIfAbsent(t.Context(), client, "tasks", dynamo.ClientItem(c)); err != nil {
			t.Fatal(err)
		}
	}
	access["TABLE_NAME"] = "tasks"
	return func(name string) string { return access[name] }
}

// answer is what the function says to the recorded event, and what it logs.
func answer(t *testing.T, env func(string) string) (got map[string]any, log string, err error) {
	t.Helper()
	event, err := os.ReadFile("testdata/client-credentials.json")
	if err != nil {
		t.Fatal(err)
	}
	var logged bytes.Buffer
	handler, err := newHandler(env, slog.New(slog.NewTextHandler(&logged, nil)))
	if err != nil {
		t.Fatal(err)
	}
	answered, err := handler.Handle(t.Context(), event)
	if err != nil {
		return nil, logged.String(), err
	}
	written, err := json.Marshal(answered)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(written, &got); err != nil {
		t.Fatal(err)
	}
	return got, logged.String(), nil
}

func TestATokenSaysWhoseTheClientIs(t *testing.T) {
	got, log, err := answer(t, embedded(t, registered, dynamo.Client{ID: "another", AccountID: "2", UserID: "another.user"}))
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	event, err := os.ReadFile("testdata/client-credentials.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(event, &want); err != nil {
		t.Fatal(err)
	}
	want["response"] = map[string]any{"claimsAndScopeOverrideDetails": map[string]any{"accessTokenGeneration": map[string]any{
		"claimsToAddOrOverride": map[string]any{"account_id": registered.AccountID, "user_id": registered.UserID},
	}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if !strings.Contains(log, "client="+registered.ID) || !strings.Contains(log, registered.AccountID) || strings.Contains(log, registered.UserID) {
		t.Errorf("the log should name the client and its account, and nobody: %s", log)
	}
}

func TestAClientWithoutARecordGetsNoToken(t *testing.T) {
	got, log, err := answer(t, embedded(t, dynamo.Client{ID: "1example2345678", AccountID: "2", UserID: "another.user"}))
	if err == nil || got != nil {
		t.Fatalf("got %v, %v", got, err)
	}
	if err.Error() != "the client is not registered" || !strings.Contains(log, "client="+registered.ID) {
		t.Errorf("got %q and the log %s", err, log)
	}
}

func TestARecordThatNamesNoCallerGivesNoToken(t *testing.T) {
	forged := registered
	forged.AccountID = "1#TASK"
	got, log, err := answer(t, embedded(t, forged))
	if err == nil || got != nil {
		t.Fatalf("got %v, %v", got, err)
	}
	if strings.Contains(err.Error(), "1#TASK") || !strings.Contains(log, "1#TASK") {
		t.Errorf("the reason is the log's to know: got %q and the log %s", err, log)
	}
}

func TestTheFunctionNamesWhatItNeeds(t *testing.T) {
	env := embedded(t)
	for _, missing := range []string{"TABLE_NAME", "AWS_REGION"} {
		_, err := newHandler(func(name string) string {
			if name == missing {
				return ""
			}
			return env(name)
		}, slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("without %s: got %v", missing, err)
		}
	}
}
