package main

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func entry(t *testing.T) []string {
	return files(t, `{"TaskID":"`+report+`","Name":"Send scheduled report"}`)
}

func TestACommandIsNamed(t *testing.T) {
	d := deploy(t)
	for _, args := range [][]string{nil, {"register"}, {"load-catalogue", "file"}} {
		if err := d.execute(t.Context(), args); err == nil || !strings.Contains(err.Error(), "import-tasks ") {
			t.Errorf("%q: got %v, want the list of commands", args, err)
		}
	}
}

func TestACommandWorksOnATableOfOnesOwn(t *testing.T) {
	d := deploy(t)
	said, err := d.run(t, "load-catalogue", append(entry(t), "DYNAMODB_ENDPOINT="+d.endpoint, "TABLE_NAME=tasks")...)
	if err != nil || !strings.HasPrefix(said, "DynamoDB at "+d.endpoint+", table tasks\n") {
		t.Errorf("got %q and %v, want the endpoint and table named first", said, err)
	}
	if d.connected > 0 {
		t.Error("AWS credentials were asked for")
	}
}

func TestWhichTableIsMeantIsClear(t *testing.T) {
	d := deploy(t)
	tests := []struct {
		name      string
		variables []string
		want      string
	}{
		{"no stack", []string{"STACK="}, "STACK is not set"},
		{"an unknown CONFIG", []string{"STACK=", "CONFIG=staging"}, "no stack_name for CONFIG=staging"},
		{"a stack that is not there", []string{"STACK=other"}, "stack other in eu-central-1"},
		{"a table without an endpoint", []string{"TABLE_NAME=tasks"}, "TABLE_NAME=tasks needs DYNAMODB_ENDPOINT"},
		{"an endpoint without a table", []string{"DYNAMODB_ENDPOINT=" + d.endpoint}, "TABLE_NAME"},
		{"an endpoint and CONFIG=prod", []string{"DYNAMODB_ENDPOINT=" + d.endpoint, "TABLE_NAME=tasks", "CONFIG=prod"}, "CONFIG=prod name two different tables"},
		{"a table that is not there", []string{"DYNAMODB_ENDPOINT=" + d.endpoint, "TABLE_NAME=other"}, "look at table other at " + d.endpoint},
		{"an endpoint where nothing listens", []string{"DYNAMODB_ENDPOINT=http://127.0.0.1:1", "TABLE_NAME=tasks"}, "nothing listens there: `make run`"},
		{"another machine", []string{"DYNAMODB_ENDPOINT=http://192.0.2.1:8000", "TABLE_NAME=tasks"}, "ALLOW_REMOTE=1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d.mustFail(t, "load-catalogue", append(entry(t), test.variables...), test.want)
		})
	}
	delete(d.outputs, "TableName")
	d.mustFail(t, "load-catalogue", entry(t), "stack account-tasks-dev", "not a stack of this project")
}

func TestArgumentsAreJudgedBeforeCredentials(t *testing.T) {
	d := deploy(t)
	for _, c := range commands {
		if len(c.needs) == 0 {
			continue
		}
		_, err := d.run(t, c.name)
		if err == nil || d.connected > 0 {
			t.Fatalf("%s without variables: got %v after %d connections, want an error before any", c.name, err, d.connected)
		}
		for _, name := range c.needs {
			mustSay(t, err.Error(), name+" is not set")
		}
	}
}

func TestWrongLinesAreNamedAlsoWithoutCredentials(t *testing.T) {
	d := deploy(t)
	d.connect = func(context.Context) (account, error) { return account{}, errors.New("no credentials") }
	_, err := d.run(t, "import-tasks", files(t, "x")...)
	if err == nil {
		t.Fatal("no error")
	}
	mustSay(t, err.Error(), "line 1: ", "stack account-tasks-dev: no credentials")
}
