package main

import (
	"testing"
)

func TestASecretIsRotatedInTwoSteps(t *testing.T) {
	d, older := registered(t)
	newer := credential(t, d.mustRun(t, "rotate-secret", []string{"CLIENT=" + older.ClientID}, "has a second secret", "The older one is still good"))
	d.mustGetToken(t, newer, "42", "billing.user")
	token := d.mustGetToken(t, older, "42", "billing.user")
	d.mustRun(t, "retire-secret", []string{"CLIENT=" + older.ClientID}, "is no longer good")
	if d.token(t, older) != "" || d.isGood(t, token) {
		t.Error("the retired secret or a token that it got is still good")
	}
	d.mustGetToken(t, newer, "42", "billing.user")
}

func TestANewSecretThatGotLostIsRetiredByItsID(t *testing.T) {
	d, older := registered(t)
	d.mustRun(t, "rotate-secret", []string{"CLIENT=" + older.ClientID})
	lost := d.secrets(t, older.ClientID)[1]
	d.mustRun(t, "retire-secret", []string{"CLIENT=" + older.ClientID, "SECRET_ID=" + lost}, "Secret "+lost)
	d.mustGetToken(t, older, "42", "billing.user")
}

func TestSecretsThatCannotBeRetiredOrRotated(t *testing.T) {
	d, c := registered(t)
	d.mustFail(t, "retire-secret", []string{"CLIENT=" + c.ClientID}, "rotate it first")
	d.mustRun(t, "rotate-secret", []string{"CLIENT=" + c.ClientID})
	d.mustFail(t, "rotate-secret", []string{"CLIENT=" + c.ClientID}, "retire one first")
	d.mustFail(t, "retire-secret", []string{"CLIENT=" + c.ClientID, "SECRET_ID=other"}, "no secret with this id")
}

func TestASecretThatWasNotDeliveredIsNotGood(t *testing.T) {
	d, c := registered(t)
	before := d.secrets(t, c.ClientID)
	d.out = brokenScreen{d}
	if _, err := d.run(t, "rotate-secret", "CLIENT="+c.ClientID); err == nil {
		t.Error("no error")
	} else {
		mustSay(t, err.Error(), "broken pipe", "has no new secret")
	}
	if after := d.secrets(t, c.ClientID); len(after) != 1 || after[0] != before[0] {
		t.Errorf("the client's secrets are %v, want %v", after, before)
	}
}
