package main

import (
	"errors"
	"strings"
	"testing"
)

// deployWithClient deploys a stack with client1 and names that to the commands.
func deployWithClient(t *testing.T) *deployed {
	t.Helper()
	d := deploy(t, billing())
	if err := d.registerClient(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.variables["CLIENT"] = "client1"
	return d
}

func TestASecretIsRotatedInTwoSteps(t *testing.T) {
	d := deployWithClient(t)
	if err := d.rotateSecret(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(d.secrets["client1"]) != 2 {
		t.Fatalf("the client has %d secrets while it changes over, want 2", len(d.secrets["client1"]))
	}
	mustSay(t, d.said.String(), "client_secret=secret-2-of-client1", "The older secret still counts")
	if err := d.retireSecret(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := d.secrets["client1"]; len(left) != 1 || *left[0].ClientSecretId != "client1--2" {
		t.Errorf("left: %v, want the newer one", left)
	}
}

func TestTheOnlySecretIsNotRetired(t *testing.T) {
	d := deployWithClient(t)
	if err := d.retireSecret(t.Context()); err == nil || !strings.Contains(err.Error(), "rotate-secret") {
		t.Errorf("got %v", err)
	}
	if len(d.secrets["client1"]) != 1 {
		t.Error("the client has no secret any more")
	}
}

func TestAThirdSecretIsNotMade(t *testing.T) {
	d := deployWithClient(t)
	if err := d.rotateSecret(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.rotateSecret(t.Context()); err == nil || !strings.Contains(err.Error(), "retire-secret") {
		t.Errorf("got %v", err)
	}
}

// brokenScreen takes nothing.
type brokenScreen struct{}

func (brokenScreen) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestASecretThatNobodyGotDoesNotCount(t *testing.T) {
	d := deployWithClient(t)
	d.admin.out = brokenScreen{}
	if err := d.rotateSecret(t.Context()); err == nil || !strings.Contains(err.Error(), "broken pipe") {
		t.Errorf("got %v", err)
	}
	if left := d.secrets["client1"]; len(left) != 1 || *left[0].ClientSecretId != "client1--1" {
		t.Errorf("left: %v, want the one in use", left)
	}
}
