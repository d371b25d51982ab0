package main

import (
	"strings"
	"testing"
)

func TestClientsAreListedByAccount(t *testing.T) {
	d, c := registered(t)
	other := credential(t, d.mustRun(t, "register-client", []string{"NAME=Other", "ACCOUNT=7", "USER_ID=other.user", "SCOPES=tasks/read"}))
	said := d.mustRun(t, "list-clients", nil, c.ClientID, "Billing", "billing.user", d.secrets(t, c.ClientID)[0], "Clients: 2.")
	if strings.Index(said, other.ClientID) < strings.Index(said, c.ClientID) || strings.Contains(said, c.Secret) {
		t.Errorf("got %q, want account 42 before 7, and no secret", said)
	}
	said = d.mustRun(t, "list-clients", []string{"ACCOUNT=7"}, other.ClientID, "Clients: 1.")
	if strings.Contains(said, c.ClientID) {
		t.Errorf("got %q, want the clients of account 7 alone", said)
	}
	d.mustFail(t, "list-clients", []string{"ACCOUNT=4#2"}, "the account")
}
