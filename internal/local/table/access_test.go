package table_test

import (
	"maps"
	"strings"
	"testing"

	"accounttasks/internal/local/table"
)

func environment(pairs map[string]string) func(string) string {
	return func(name string) string { return pairs[name] }
}

var callers = map[string]string{
	"AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "callers-id",
	"AWS_SECRET_ACCESS_KEY": "callers-secret", "AWS_SESSION_TOKEN": "callers-token",
}

func TestWhichEndpointsMayBeUsed(t *testing.T) {
	tests := []struct {
		name, endpoint, tableName string
		allowRemote               bool
		want                      string // in the error; empty: it may
	}{
		{"an address of this machine", "http://127.0.0.1:8000", "tasks", false, ""},
		{"another address of this machine", "http://127.9.9.9:8000", "tasks", false, ""},
		{"IPv6", "http://[::1]:8000", "tasks", false, ""},
		{"the name of this machine", "http://LocalHost:8000", "tasks", false, ""},
		{"no table", "http://127.0.0.1:8000", "", false, "TABLE_NAME"},
		{"another machine", "http://192.0.2.1:8000", "tasks", false, "ALLOW_REMOTE=1"},
		{"every machine's address", "http://0.0.0.0:8000", "tasks", false, "ALLOW_REMOTE=1"},
		{"AWS", "https://dynamodb.us-east-1.amazonaws.com", "tasks", false, "ALLOW_REMOTE=1"},
		{"a name that begins like ours", "http://localhost.example.org", "tasks", false, "ALLOW_REMOTE=1"},
		{"a user that looks like a host", "http://127.0.0.1:8000@example.org", "tasks", false, "ALLOW_REMOTE=1"},
		{"another machine, allowed", "http://192.0.2.1:8000", "tasks", true, ""},
		{"AWS, allowed", "https://dynamodb.us-east-1.amazonaws.com", "tasks", true, ""},
		{"AWS, allowed, without a table", "https://dynamodb.us-east-1.amazonaws.com", "", true, "TABLE_NAME"},
		{"no URL", "127.0.0.1:8000", "tasks", false, "not a URL"},
		{"another scheme", "ftp://127.0.0.1", "tasks", false, "not a URL"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := table.Remote{
				Endpoint: test.endpoint, TableName: test.tableName, AllowRemote: test.allowRemote, Environment: environment(callers),
			}.Access()
			switch {
			case test.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestOnlyAWSGetsTheCallersCredentials(t *testing.T) {
	access := func(endpoint string) table.Access {
		t.Helper()
		a, err := table.Remote{Endpoint: endpoint, TableName: "tasks", AllowRemote: true, Environment: environment(callers)}.Access()
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	aws := access("https://dynamodb.us-east-1.amazonaws.com")
	for name, want := range callers {
		if aws[name] != want {
			t.Errorf("AWS gets %s=%q, want the caller's", name, aws[name])
		}
	}
	for name, value := range access("http://amazonaws.com.example.org") {
		if strings.HasPrefix(value, "callers-") {
			t.Errorf("a stranger gets the caller's %s", name)
		}
	}
}

func TestAWSWithoutCredentialsSaysWhichAreMissing(t *testing.T) {
	for _, name := range []string{"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		incomplete := maps.Clone(callers)
		delete(incomplete, name)
		_, err := table.Remote{
			Endpoint: "https://dynamodb.us-east-1.amazonaws.com", TableName: "tasks", AllowRemote: true, Environment: environment(incomplete),
		}.Access()
		if err == nil || !strings.Contains(err.Error(), name+" is missing") {
			t.Errorf("without %s: got %v", name, err)
		}
	}
}

func TestLongLivedCredentialsHaveNoSessionToken(t *testing.T) {
	longLived := maps.Clone(callers)
	delete(longLived, "AWS_SESSION_TOKEN")
	access, err := table.Remote{
		Endpoint: "https://dynamodb.us-east-1.amazonaws.com", TableName: "tasks", AllowRemote: true, Environment: environment(longLived),
	}.Access()
	if err != nil {
		t.Fatal(err)
	}
	if token, present := access["AWS_SESSION_TOKEN"]; present {
		t.Errorf("got a session token %q", token)
	}
}

func TestOnlyLoopbackAddressesAreThisMachine(t *testing.T) {
	for endpoint, want := range map[string]bool{
		"http://127.0.0.1:8000": true, "http://localhost:8000": true, "https://LOCALHOST": true, "http://[::1]:8000": true,
		"http://192.0.2.1:8000": false, "https://dynamodb.eu-west-1.amazonaws.com": false, "http://localhost.example.com": false,
		"http://127.0.0.1@example.com": false, "127.0.0.1:8000": false, "": false,
	} {
		if got := (table.Remote{Endpoint: endpoint}).IsThisMachine(); got != want {
			t.Errorf("%q: got %t, want %t", endpoint, got, want)
		}
	}
}
