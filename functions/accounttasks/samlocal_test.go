package main

import (
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"testing"

	"accounttasks/internal/local/demo"
)

// startAPIEvent is an event of `sam local start-api`, as it made it.
const startAPIEvent = "testdata/sam-local-start-api.json"

// samLocalEnvironment is what the function finds there, as far as the demo identity hangs on it.
var samLocalEnvironment = map[string]string{
	"AWS_SAM_LOCAL":             "true",
	"AWS_ENDPOINT_URL_DYNAMODB": "http://host.docker.internal:8000",
}

// answerUnder is what the function answers in an environment as main wires it, on a table with the demo data.
func answerUnder(t *testing.T, environment map[string]string, event []byte) (r reply) {
	t.Helper()
	f := startOnDemoData(t)
	handler := withSAMLocal(func(name string) string { return environment[name] }, slog.New(slog.DiscardHandler), f.handler)
	answer, err := handler.Invoke(t.Context(), event)
	if err != nil {
		t.Fatalf("the function failed: %v", err)
	}
	if err := json.Unmarshal(answer, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSAMLocalStartAPIHasTheDemoIdentity(t *testing.T) {
	got := answerUnder(t, samLocalEnvironment, readFile(t, startAPIEvent))
	if got.StatusCode != http.StatusOK || !strings.Contains(got.Body, `"Identification":{"UserId":"demo.user"}`) {
		t.Errorf("got %d %s, want the demo client's update", got.StatusCode, got.Body)
	}
}

func TestTheDemoIdentityCannotBeReachedOutsideSAMLocal(t *testing.T) {
	without := func(name string) map[string]string {
		environment := maps.Clone(samLocalEnvironment)
		delete(environment, name)
		return environment
	}
	with := func(name, value string) map[string]string {
		environment := maps.Clone(samLocalEnvironment)
		environment[name] = value
		return environment
	}
	for name, environment := range map[string]map[string]string{
		"Lambda's own environment":                       {},
		"AWS_SAM_LOCAL is not set":                       without("AWS_SAM_LOCAL"),
		"AWS_SAM_LOCAL is false":                         with("AWS_SAM_LOCAL", "false"),
		"AWS_SAM_LOCAL is another truth":                 with("AWS_SAM_LOCAL", "1"),
		"the table is the region's":                      without("AWS_ENDPOINT_URL_DYNAMODB"),
		"the table is AWS's by name":                     with("AWS_ENDPOINT_URL_DYNAMODB", "https://dynamodb.eu-west-1.amazonaws.com"),
		"the table is AWS's without TLS":                 with("AWS_ENDPOINT_URL_DYNAMODB", "http://dynamodb.eu-west-1.amazonaws.com"),
		"the table's name only begins as this machine's": with("AWS_ENDPOINT_URL_DYNAMODB", "http://host.docker.internal.example.com"),
		"the user looks like this machine":               with("AWS_ENDPOINT_URL_DYNAMODB", "http://host.docker.internal:8000@example.com"),
		"the table's address is no URL":                  with("AWS_ENDPOINT_URL_DYNAMODB", "host.docker.internal:8000"),
	} {
		t.Run(name, func(t *testing.T) {
			checkUnauthorized(t, answerUnder(t, environment, readFile(t, startAPIEvent)))
		})
	}
}

func TestInSAMLocalOnlyStartAPIHasTheDemoIdentity(t *testing.T) {
	for _, name := range []string{"v1-no-identity.json", "v2-no-identity.json"} {
		t.Run(name, func(t *testing.T) {
			checkUnauthorized(t, answerUnder(t, samLocalEnvironment, readFile(t, eventFiles+"/"+name)))
		})
	}
}

// TestTheDemoIdentityReplacesNone has events whose authorizer said something, be it that it knows nobody.
func TestTheDemoIdentityReplacesNone(t *testing.T) {
	for name, authorizer := range map[string]string{
		"no claims":      `{"jwt":{"claims":{},"scopes":null}}`,
		"no account":     `{"jwt":{"claims":{"user_id":"u","client_id":"c","scope":"tasks/write"},"scopes":null}}`,
		"another author": `{"lambda":{"account_id":"11111111-1111-4111-8111-111111111111"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			event := strings.Replace(string(readFile(t, startAPIEvent)),
				`"requestContext": {`, `"requestContext": {"authorizer": `+authorizer+`,`, 1)
			checkUnauthorized(t, answerUnder(t, samLocalEnvironment, []byte(event)))
		})
	}
}

func TestTheDemoIdentityIsTheLocalStacksDemoClient(t *testing.T) {
	client := demo.Clients()[0]
	want := map[string]string{"account_id": client.AccountID, "user_id": client.UserID, "client_id": client.ID, "scope": demo.Scope}
	if !maps.Equal(demoClaims, want) {
		t.Errorf("got %v, want %v", demoClaims, want)
	}
}

func checkUnauthorized(t *testing.T, got reply) {
	t.Helper()
	if got.StatusCode != http.StatusUnauthorized || strings.Contains(got.Body, "UserId") {
		t.Errorf("got %d %s, want 401 and nobody named", got.StatusCode, got.Body)
	}
}
