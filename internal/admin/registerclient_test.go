package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestARegisteredClientGetsTokens(t *testing.T) {
	d := deploy(t)
	said := d.mustRun(t, "register-client", billing(), "The secret is shown this once", "is registered for account 42 as user billing.user, with the scopes tasks/read tasks/write")
	c := credential(t, said)
	d.mustGetToken(t, c, "42", "billing.user")
	c.Secret += "x"
	if d.token(t, c) != "" {
		t.Error("a wrong secret gets a token")
	}
}

func TestASecretGoesToANewFileThatOnlyTheOperatorCanRead(t *testing.T) {
	d := deploy(t)
	d.isSeen = false
	path := filepath.Join(t.TempDir(), "billing.secret")
	said := d.mustRun(t, "register-client", append(billing(), "SECRET_FILE="+path), path)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	c := credential(t, string(content))
	if info.Mode().Perm() != 0o600 || strings.Contains(said, c.Secret) {
		t.Errorf("the file has mode %o, and the command said %q", info.Mode().Perm(), said)
	}
	d.mustGetToken(t, c, "42", "billing.user")
}

func TestNothingIsRegistered(t *testing.T) {
	taken := file(t, "mine")
	tests := []struct {
		name      string
		variables []string
		isSeen    bool
		want      string
	}{
		{"for an account that no token may name", []string{"ACCOUNT=4#2"}, true, `the account "4#2"`},
		{"for a user whose name is not text", []string{"USER_ID=\x00"}, true, "the user: "},
		{"with a scope that does not exist", []string{"SCOPES=tasks/read tasks/delete"}, true, `"tasks/delete" is unknown`},
		{"in a stack that does not exist", []string{"STACK=other"}, true, "stack other"},
		{"where the secret would go into a log", nil, false, "SECRET_FILE"},
		{"where the secret's file exists", []string{"SECRET_FILE=" + taken}, true, "exists"},
		{"where the secret's file cannot be made", []string{"SECRET_FILE=" + t.TempDir() + "/no/folder"}, true, "SECRET_FILE"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := deploy(t)
			d.isSeen = test.isSeen
			d.mustFail(t, "register-client", append(billing(), test.variables...), test.want)
		})
	}
	if content, err := os.ReadFile(taken); err != nil || string(content) != "mine" {
		t.Errorf("the user's own file has %q, %v", content, err)
	}
}

// brokenScreen takes nothing that has a secret in it.
type brokenScreen struct{ *deployed }

func (s brokenScreen) Write(p []byte) (int, error) {
	if strings.Contains(string(p), "client_secret=") {
		return 0, errors.New("broken pipe")
	}
	return s.said.Write(p)
}

func TestAClientWhoseSecretWasNotDeliveredIsRemoved(t *testing.T) {
	d := deploy(t)
	d.out = brokenScreen{d}
	d.mustFail(t, "register-client", billing(), "broken pipe", "nothing was registered")
}
