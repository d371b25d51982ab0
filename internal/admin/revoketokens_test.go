package main

import "testing"

func TestRevokedTokensEndAndSecretsStayGood(t *testing.T) {
	d, c := registered(t)
	other := credential(t, d.mustRun(t, "register-client", []string{"NAME=Other", "ACCOUNT=43", "USER_ID=other.user"}))
	token, others := d.mustGetToken(t, c, "42", "billing.user"), d.mustGetToken(t, other, "43", "other.user")
	d.mustRun(t, "revoke-tokens", []string{"CLIENT=" + c.ClientID}, "The tokens of client "+c.ClientID)
	if d.isGood(t, token) || !d.isGood(t, others) {
		t.Error("want the one client's token revoked, and the other one's not")
	}
	token = d.mustGetToken(t, c, "42", "billing.user")
	d.mustRun(t, "revoke-tokens", []string{"ALL=yes"}, "The tokens of all 2 clients")
	if d.isGood(t, token) || d.isGood(t, others) {
		t.Error("a token is still good after all were revoked")
	}
	d.mustGetToken(t, c, "42", "billing.user")
}

func TestWhoseTokensAreRevokedIsClear(t *testing.T) {
	d := deploy(t)
	d.mustFail(t, "revoke-tokens", nil, "either CLIENT, or ALL=yes")
	d.mustFail(t, "revoke-tokens", []string{"ALL=yes", "CLIENT=c"}, "either CLIENT, or ALL=yes")
	d.mustFail(t, "revoke-tokens", []string{"ALL=no"}, "ALL=yes")
	if d.connected > 0 {
		t.Error("credentials were asked for first")
	}
	d.mustFail(t, "revoke-tokens", []string{"ALL=yes"}, "has no clients")
}

func TestAClientThatIsRemovedMeanwhileDoesNotKeepOthersTokensGood(t *testing.T) {
	d, c := registered(t)
	token := d.mustGetToken(t, c, "42", "billing.user")
	gone := credential(t, d.mustRun(t, "register-client", []string{"NAME=Other", "ACCOUNT=43", "USER_ID=other.user"}))
	direct := target{client: d.table, table: "tasks"}.registry(d.now)
	d.meddle(t, func(operation string) (isLost bool) {
		if operation == "Scan" {
			if _, err := direct.Remove(t.Context(), gone.ClientID); err != nil {
				t.Error(err)
			}
		}
		return false
	})
	if _, err := d.run(t, "revoke-tokens", "ALL=yes"); err != nil {
		t.Error(err)
	}
	if d.isGood(t, token) {
		t.Error("a token is still good after all were revoked")
	}
}
