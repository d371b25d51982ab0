package main

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	stacktypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	pooltypes "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"

	"accounttasks/internal/dynamo"
)

func billing() map[string]string {
	return map[string]string{"NAME": "Billing", "ACCOUNT": "42", "USER_ID": "billing.user"}
}

func TestARegisteredClientIsInThePoolTheTableAndTheAudience(t *testing.T) {
	d := deploy(t, billing())
	for range 2 {
		if err := d.registerClient(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	want := &cognitoidentityprovider.CreateUserPoolClientInput{
		UserPoolId: aws.String("pool"), ClientName: aws.String("Billing"), GenerateSecret: true,
		AllowedOAuthFlowsUserPoolClient: true,
		AllowedOAuthFlows:               []pooltypes.OAuthFlowType{pooltypes.OAuthFlowTypeClientCredentials},
		AllowedOAuthScopes:              []string{"tasks/write"},
		AccessTokenValidity:             aws.Int32(8),
		TokenValidityUnits:              &pooltypes.TokenValidityUnitsType{AccessToken: pooltypes.TimeUnitsTypeHours},
		EnableTokenRevocation:           aws.Bool(true),
	}
	if !reflect.DeepEqual(d.registered[0], want) {
		t.Errorf("the pool got %+v", d.registered[0])
	}
	if got, _ := d.record(t, "client2"); got != (dynamo.Client{ID: "client2", AccountID: "42", UserID: "billing.user", Name: "Billing"}) {
		t.Errorf("the record is %+v", got)
	}
	if got := d.parameters["Audience"]; got != "client1,client2" {
		t.Errorf("the audience is %q", got)
	}
	mustSay(t, d.said.String(), "client_id=client1&client_secret=secret-1-of-client1", "Client client2 is registered for account 42")
}

func TestRegisteringChangesNothingElseOfTheStack(t *testing.T) {
	d := deploy(t, billing())
	if err := d.registerClient(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := d.updated[0]
	previous := stacktypes.Parameter{UsePreviousValue: aws.Bool(true)}
	issuer, stage := previous, previous
	issuer.ParameterKey, stage.ParameterKey = aws.String("Issuer"), aws.String("Stage")
	want := []stacktypes.Parameter{{ParameterKey: aws.String("Audience"), ParameterValue: aws.String("client1")}, issuer, stage}
	if !reflect.DeepEqual(got.Parameters, want) || !aws.ToBool(got.UsePreviousTemplate) || got.TemplateBody != nil {
		t.Errorf("the update is %+v", got)
	}
}

func TestASecretGoesToANewFileThatNobodyElseCanRead(t *testing.T) {
	d := deploy(t, billing())
	d.isSeen = false
	path := filepath.Join(t.TempDir(), "billing.secret")
	d.variables["SECRET_FILE"] = path
	if err := d.registerClient(t.Context()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(content) != "client_id=client1&client_secret=secret-1-of-client1" || info.Mode().Perm() != 0o600 {
		t.Errorf("got %q with mode %o", content, info.Mode().Perm())
	}
	if strings.Contains(d.said.String(), "secret-1-of") {
		t.Errorf("the secret was shown as well: %s", d.said.String())
	}
}

func TestNothingIsRegistered(t *testing.T) {
	full := strings.TrimPrefix(strings.Repeat(",c", 50), ",")
	taken := file(t, "mine")
	tests := []struct {
		name   string
		change func(d *deployed)
		want   string
	}{
		{"without a name", func(d *deployed) { delete(d.variables, "NAME") }, "NAME is not set"},
		{"for an account that no token may name", func(d *deployed) { d.variables["ACCOUNT"] = "4#2" }, "the account"},
		{"in a stack that is not there", func(d *deployed) { d.variables["STACK"] = "other" }, "stack other"},
		{"in a stack of something else", func(d *deployed) { delete(d.outputs, "TableName") }, "none of this project"},
		{"where another issuer is", func(d *deployed) { delete(d.outputs, "UserPoolId") }, "another issuer"},
		{"beyond the limit", func(d *deployed) { d.parameters["Audience"] = full }, "50 clients"},
		{"where the secret would go into a log", func(d *deployed) { d.isSeen = false }, "SECRET_FILE"},
		{"where the secret's file is taken", func(d *deployed) { d.variables["SECRET_FILE"] = taken }, "SECRET_FILE"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := deploy(t, billing())
			test.change(d)
			err := d.registerClient(t.Context())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if len(d.registered)+len(d.updated)+d.items(t) > 0 {
				t.Error("something was done all the same")
			}
		})
	}
	if content, err := os.ReadFile(taken); err != nil || string(content) != "mine" {
		t.Errorf("the user's own file has %q, %v", content, err)
	}
}

func TestARegistrationThatFailsIsUndone(t *testing.T) {
	d := deploy(t, billing())
	d.updateErr = errors.New("the stack is being updated")
	d.variables["SECRET_FILE"] = filepath.Join(t.TempDir(), "secret")
	err := d.registerClient(t.Context())
	if err == nil {
		t.Fatal("no error")
	}
	mustSay(t, err.Error(), "the stack is being updated", "nothing was registered")
	if len(d.secrets)+d.items(t) > 0 {
		t.Errorf("left behind: clients %v, %d items", d.secrets, d.items(t))
	}
	if _, err := os.Stat(d.variables["SECRET_FILE"]); !os.IsNotExist(err) {
		t.Errorf("the secret's file is left behind: %v", err)
	}
	if strings.Contains(d.said.String(), "secret-1-of") {
		t.Error("the secret of a client that is gone was shown")
	}
}

func TestOthersMayRegisterAtTheSameTime(t *testing.T) {
	d := deploy(t, billing())
	d.meanwhile = func() { d.parameters["Audience"] = "another" }
	if err := d.registerClient(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := d.parameters["Audience"]; got != "another,client1" {
		t.Errorf("the audience is %q", got)
	}
	d.meanwhile = func() { d.parameters["Audience"] = strings.TrimPrefix(strings.Repeat(",c", 50), ",") }
	if err := d.registerClient(t.Context()); err == nil || !strings.Contains(err.Error(), "50 clients") || d.secrets["client2"] != nil {
		t.Errorf("got %v, and the clients %v", err, d.secrets)
	}
}

func TestAClientKeepsItsSecretWhenTheStacksUpdateFailsLater(t *testing.T) {
	d := deploy(t, billing())
	d.status = stacktypes.StackStatusUpdateRollbackComplete
	err := d.registerClient(t.Context())
	if err == nil {
		t.Fatal("no error")
	}
	mustSay(t, err.Error(), "client1 is registered, but its tokens may be refused")
	mustSay(t, d.said.String(), "secret-1-of-client1")
	if _, found := d.record(t, "client1"); !found {
		t.Error("the record is gone")
	}
}

func TestARemovedClientIsNowhere(t *testing.T) {
	d := deploy(t, billing())
	for range 2 {
		if err := d.registerClient(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct{ client, audience string }{{"client1", "client2"}, {"client2", nobody}, {"client2", nobody}} {
		d.variables["CLIENT"] = step.client
		if err := d.removeClient(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, found := d.record(t, step.client); found || d.secrets[step.client] != nil || d.parameters["Audience"] != step.audience {
			t.Errorf("after removing %s: record %v, secrets %v, audience %q", step.client, found, d.secrets[step.client], d.parameters["Audience"])
		}
	}
	if len(d.updated) != 4 {
		t.Errorf("%d updates of the stack, want one for each change of the list", len(d.updated))
	}
}

func TestAClientIsShutOutBeforeItIsRemoved(t *testing.T) {
	for name, fail := range map[string]func(d *deployed){
		"the update is refused":     func(d *deployed) { d.updateErr = errors.New("the stack is being updated") },
		"the update is rolled back": func(d *deployed) { d.status = stacktypes.StackStatusUpdateRollbackComplete },
	} {
		t.Run(name, func(t *testing.T) {
			d := deploy(t, billing())
			if err := d.registerClient(t.Context()); err != nil {
				t.Fatal(err)
			}
			d.variables["CLIENT"] = "client1"
			fail(d)
			err := d.removeClient(t.Context())
			if err == nil {
				t.Fatal("no error")
			}
			mustSay(t, err.Error(), "gets no new tokens, but its old ones still count")
			if _, found := d.record(t, "client1"); found || d.secrets["client1"] == nil {
				t.Errorf("record %v, secrets %v: want no record, and the client kept for another try", found, d.secrets)
			}
		})
	}
}
