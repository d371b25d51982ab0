package main

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	stacktypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/local/table"
)

const stackLine = "Stack account-tasks-dev in eu-central-1, table tasks\n"

var morning = time.Date(2026, time.June, 4, 3, 45, 3, 0, time.UTC)

// deployed is an account with one deployed stack, whose table is the embedded one.
type deployed struct {
	*admin
	variables map[string]string
	said      strings.Builder
	table     *dynamodb.Client
	endpoint  string
	outputs   map[string]string
	connected int // how often credentials were asked for
}

func deploy(t *testing.T) *deployed {
	t.Helper()
	engine, err := table.StartEmbedded("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(engine.Close)
	client, err := table.LocalAccess(engine.Endpoint()).Client()
	if err != nil {
		t.Fatal(err)
	}
	if err := table.CreateIfAbsent(t.Context(), client, "tasks"); err != nil {
		t.Fatal(err)
	}
	d := &deployed{
		variables: map[string]string{"STACK": "account-tasks-dev"},
		table:     client,
		endpoint:  engine.Endpoint(),
		outputs:   map[string]string{"TableName": "tasks", "ApiUrl": "https://api"},
	}
	d.admin = &admin{
		env: func(name string) string { return d.variables[name] },
		out: &d.said, isSeen: true, now: func() time.Time { return morning }, connect: d.connectHere,
	}
	return d
}

func (d *deployed) connectHere(context.Context) (account, error) {
	d.connected++
	return account{region: "eu-central-1", stacks: d, tables: d.table, aliases: d, alarms: d}, nil
}

func (d *deployed) DescribeStacks(_ context.Context, in *cloudformation.DescribeStacksInput, _ ...func(*cloudformation.Options)) (*cloudformation.DescribeStacksOutput, error) {
	if aws.ToString(in.StackName) != "account-tasks-dev" {
		return nil, errors.New("ValidationError: no such stack")
	}
	s := stacktypes.Stack{StackStatus: stacktypes.StackStatusUpdateComplete, LastUpdatedTime: aws.Time(morning)}
	for key, value := range d.outputs {
		s.Outputs = append(s.Outputs, stacktypes.Output{OutputKey: &key, OutputValue: &value})
	}
	return &cloudformation.DescribeStacksOutput{Stacks: []stacktypes.Stack{s}}, nil
}

// run runs a command with these variables, as "NAME=value", and returns what it prints.
func (d *deployed) run(t *testing.T, command string, variables ...string) (said string, err error) {
	t.Helper()
	before := maps.Clone(d.variables)
	defer func() { d.variables = before }()
	d.variables = maps.Clone(before)
	for _, variable := range variables {
		name, value, _ := strings.Cut(variable, "=")
		d.variables[name] = value
	}
	d.said.Reset()
	err = d.execute(t.Context(), []string{command})
	return d.said.String(), err
}

// mustRun demands that a command succeeds and says each of these, after the stack that it touched.
func (d *deployed) mustRun(t *testing.T, command string, variables []string, want ...string) string {
	t.Helper()
	said, err := d.run(t, command, variables...)
	if err != nil {
		t.Fatalf("%s %q: %v", command, variables, err)
	}
	if !strings.HasPrefix(said, stackLine) {
		t.Errorf("%s says %q, want the stack named first", command, said)
	}
	mustSay(t, said, want...)
	return said
}

// mustFail demands that a command fails, says each of these in its error, and changes nothing.
func (d *deployed) mustFail(t *testing.T, command string, variables []string, want ...string) {
	t.Helper()
	before := d.items(t)
	said, err := d.run(t, command, variables...)
	if err == nil {
		t.Fatalf("%s %q succeeded and said %q", command, variables, said)
	}
	mustSay(t, err.Error(), want...)
	if after := d.items(t); !maps.Equal(before, after) {
		t.Errorf("%s failed, and yet changed the table from %v to %v", command, before, after)
	}
}

// items are the table's items by their keys.
func (d *deployed) items(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	pages := dynamodb.NewScanPaginator(d.table, &dynamodb.ScanInput{TableName: aws.String("tasks")})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			written, err := json.Marshal(item)
			if err != nil {
				t.Fatal(err)
			}
			key := item[dynamo.PartitionKey].(*types.AttributeValueMemberS).Value + " " + item[dynamo.SortKey].(*types.AttributeValueMemberS).Value
			found[key] = string(written)
		}
	}
	return found
}

// file is a new file with these lines.
func file(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lines.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// files is the variable FILE for a new file with these lines.
func files(t *testing.T, lines ...string) []string {
	t.Helper()
	return []string{"FILE=" + file(t, lines...)}
}

// mustSay demands that an error or output says each of these.
func mustSay(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, text := range want {
		if !strings.Contains(got, text) {
			t.Errorf("%q is not in %q", text, got)
		}
	}
}
