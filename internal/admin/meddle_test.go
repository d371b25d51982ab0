package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"accounttasks/internal/local/table"
)

// meddle has after called after each request to the deployment's table, before its answer goes back; or gets lost, where
// after says so.
func (d *deployed) meddle(t *testing.T, after func(operation string) (isLost bool)) {
	t.Helper()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		passed, err := http.NewRequest(r.Method, d.endpoint, r.Body)
		if err != nil {
			t.Error(err)
			return
		}
		passed.Header = r.Header
		answer, err := http.DefaultClient.Do(passed)
		if err != nil {
			t.Error(err)
			return
		}
		defer answer.Body.Close()
		_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
		if after(operation) {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		w.WriteHeader(answer.StatusCode)
		_, _ = io.Copy(w, answer.Body)
	}))
	t.Cleanup(proxy.Close)
	client, err := table.LocalAccess(proxy.URL).Client()
	if err != nil {
		t.Fatal(err)
	}
	d.table = client
}

// If an undelivered secret stayed as the newer of two, the next retire-secret would remove the one in use.
func TestASecretOfWhichTheTableDidNotTellIsTakenBack(t *testing.T) {
	d, c := registered(t)
	before := d.secrets(t, c.ClientID)
	answers := 0
	d.meddle(t, func(operation string) (isLost bool) {
		if operation != "TransactWriteItems" {
			return false
		}
		answers++
		return answers <= d.table.Options().Retryer.MaxAttempts()
	})
	if _, err := d.run(t, "rotate-secret", "CLIENT="+c.ClientID); err == nil {
		t.Error("no error")
	} else {
		mustSay(t, err.Error(), "has no new secret")
	}
	if after := d.secrets(t, c.ClientID); len(after) != 1 || after[0] != before[0] {
		t.Errorf("the client's secrets are %v, want %v", after, before)
	}
	d.mustGetToken(t, c, "42", "billing.user")
}

func TestWhetherAClientWasChangedIsSaidWhereItIsKnown(t *testing.T) {
	for name, test := range map[string]struct {
		lost string // the operation whose answers are lost
		want string
	}{
		"the client cannot be read":          {"BatchGetItem", "was not changed, because the table did not answer"},
		"the answers to the change are lost": {"TransactWriteItems", "it is not known whether it was changed"},
	} {
		d, c := registered(t)
		d.meddle(t, func(operation string) (isLost bool) { return operation == test.lost })
		if _, err := d.run(t, "revoke-tokens", "CLIENT="+c.ClientID); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
	}
}
