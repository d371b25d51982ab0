package client_test

import (
	"strings"
	"testing"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
)

func TestEveryBadScopeIsNamed(t *testing.T) {
	c := client.Client{ID: "demo", AccountID: "42", UserID: "demo.user", Name: "Demo"}
	for want, scopes := range map[string][]string{
		`"tasks/read" is there twice, "x" is unknown, "y" is unknown: the scopes are tasks/read, `: {task.ScopeRead, task.ScopeRead, "x", "y"},
		"there is none: the scopes are tasks/read, ":                                               nil,
	} {
		c.Scopes = scopes
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("scopes %v: got the error %v, want %s", scopes, err, want)
		}
	}
	c.Scopes = client.Scopes()
	if err := c.Validate(); err != nil {
		t.Errorf("got the error %v for a good client", err)
	}
}
