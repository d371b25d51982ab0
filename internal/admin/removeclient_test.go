package main

import (
	"strings"
	"testing"
)

func TestARemovedClientIsGone(t *testing.T) {
	d, c := registered(t)
	other := credential(t, d.mustRun(t, "register-client", []string{"NAME=Other", "ACCOUNT=42", "USER_ID=other.user"}))
	token := d.mustGetToken(t, c, "42", "billing.user")
	d.mustRun(t, "remove-client", []string{"CLIENT=" + c.ClientID}, "(Billing) of account 42 is removed")
	if d.token(t, c) != "" || d.isGood(t, token) {
		t.Error("the removed client's secret or token is still good")
	}
	d.mustGetToken(t, other, "42", "other.user")
}

func TestAClientThatDoesNotExistIsAFailureThatSaysSo(t *testing.T) {
	d, c := registered(t)
	mistyped := "CLIENT=" + strings.ToUpper(c.ClientID[:8]) + c.ClientID[9:]
	for _, command := range []string{"remove-client", "rotate-secret", "retire-secret", "revoke-tokens"} {
		d.mustFail(t, command, []string{mistyped}, "does not exist here: nothing was changed")
		d.mustFail(t, command, []string{"CLIENT=ü"}, "CLIENT: ")
	}
}
