package main

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	stacktypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	pooltypes "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/local/table"
)

// deployed is an account with one deployed stack, in memory but for the table, which is the embedded one.
type deployed struct {
	*admin
	variables  map[string]string
	said       strings.Builder
	parameters map[string]string
	outputs    map[string]string
	status     stacktypes.StackStatus
	updated    []*cloudformation.UpdateStackInput
	updateErr  error
	registered []*cognitoidentityprovider.CreateUserPoolClientInput
	secrets    map[string][]pooltypes.ClientSecretDescriptorType // by client
	meanwhile  func()                                            // what others do while a client is created
}

func deploy(t *testing.T, variables map[string]string) *deployed {
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
		variables:  map[string]string{"STACK": "account-tasks-dev"},
		parameters: map[string]string{"Stage": "dev", "Audience": nobody, "Issuer": ""},
		outputs:    map[string]string{"TableName": "tasks", "UserPoolId": "pool", "ApiUrl": "https://api"},
		status:     stacktypes.StackStatusUpdateComplete,
		secrets:    map[string][]pooltypes.ClientSecretDescriptorType{},
	}
	maps.Copy(d.variables, variables)
	d.admin = &admin{
		env: func(name string) string { return d.variables[name] },
		out: &d.said, isSeen: true, now: func() time.Time { return morning },
		stacks: d, pools: d, table: client,
	}
	return d
}

var morning = time.Date(2026, time.June, 4, 3, 45, 3, 0, time.UTC)

func (d *deployed) DescribeStacks(_ context.Context, in *cloudformation.DescribeStacksInput, _ ...func(*cloudformation.Options)) (*cloudformation.DescribeStacksOutput, error) {
	if aws.ToString(in.StackName) != "account-tasks-dev" {
		return nil, errors.New("ValidationError: no such stack")
	}
	s := stacktypes.Stack{StackStatus: d.status}
	for _, key := range slices.Sorted(maps.Keys(d.parameters)) {
		s.Parameters = append(s.Parameters, stacktypes.Parameter{ParameterKey: &key, ParameterValue: aws.String(d.parameters[key])})
	}
	for key, value := range d.outputs {
		s.Outputs = append(s.Outputs, stacktypes.Output{OutputKey: &key, OutputValue: &value})
	}
	return &cloudformation.DescribeStacksOutput{Stacks: []stacktypes.Stack{s}}, nil
}

func (d *deployed) UpdateStack(_ context.Context, in *cloudformation.UpdateStackInput, _ ...func(*cloudformation.Options)) (*cloudformation.UpdateStackOutput, error) {
	if d.updateErr != nil {
		return nil, d.updateErr
	}
	d.updated = append(d.updated, in)
	for _, parameter := range in.Parameters {
		if !aws.ToBool(parameter.UsePreviousValue) {
			d.parameters[*parameter.ParameterKey] = aws.ToString(parameter.ParameterValue)
		}
	}
	return &cloudformation.UpdateStackOutput{}, nil
}

func (d *deployed) CreateUserPoolClient(_ context.Context, in *cognitoidentityprovider.CreateUserPoolClientInput, _ ...func(*cognitoidentityprovider.Options)) (*cognitoidentityprovider.CreateUserPoolClientOutput, error) {
	d.registered = append(d.registered, in)
	if d.meanwhile != nil {
		d.meanwhile()
	}
	id := "client" + strconv.Itoa(len(d.registered))
	d.addSecret(id)
	return &cognitoidentityprovider.CreateUserPoolClientOutput{
		UserPoolClient: &pooltypes.UserPoolClientType{ClientId: &id, ClientSecret: aws.String("secret-1-of-" + id)},
	}, nil
}

// addSecret puts a newer secret before the older ones, an order that nobody may rely on.
func (d *deployed) addSecret(id string) pooltypes.ClientSecretDescriptorType {
	number := len(d.secrets[id]) + 1
	secret := pooltypes.ClientSecretDescriptorType{
		ClientSecretId:         aws.String(id + "--" + strconv.Itoa(number)),
		ClientSecretCreateDate: aws.Time(morning.Add(time.Duration(number) * time.Hour)),
	}
	d.secrets[id] = append([]pooltypes.ClientSecretDescriptorType{secret}, d.secrets[id]...)
	secret.ClientSecretValue = aws.String("secret-" + strconv.Itoa(number) + "-of-" + id)
	return secret
}

func (d *deployed) DeleteUserPoolClient(_ context.Context, in *cognitoidentityprovider.DeleteUserPoolClientInput, _ ...func(*cognitoidentityprovider.Options)) (*cognitoidentityprovider.DeleteUserPoolClientOutput, error) {
	if d.secrets[*in.ClientId] == nil || *in.UserPoolId != "pool" {
		return nil, &pooltypes.ResourceNotFoundException{}
	}
	delete(d.secrets, *in.ClientId)
	return &cognitoidentityprovider.DeleteUserPoolClientOutput{}, nil
}

func (d *deployed) AddUserPoolClientSecret(_ context.Context, in *cognitoidentityprovider.AddUserPoolClientSecretInput, _ ...func(*cognitoidentityprovider.Options)) (*cognitoidentityprovider.AddUserPoolClientSecretOutput, error) {
	if len(d.secrets[*in.ClientId]) != 1 {
		return nil, &pooltypes.LimitExceededException{}
	}
	secret := d.addSecret(*in.ClientId)
	return &cognitoidentityprovider.AddUserPoolClientSecretOutput{ClientSecretDescriptor: &secret}, nil
}

func (d *deployed) ListUserPoolClientSecrets(_ context.Context, in *cognitoidentityprovider.ListUserPoolClientSecretsInput, _ ...func(*cognitoidentityprovider.Options)) (*cognitoidentityprovider.ListUserPoolClientSecretsOutput, error) {
	return &cognitoidentityprovider.ListUserPoolClientSecretsOutput{ClientSecrets: d.secrets[*in.ClientId]}, nil
}

func (d *deployed) DeleteUserPoolClientSecret(_ context.Context, in *cognitoidentityprovider.DeleteUserPoolClientSecretInput, _ ...func(*cognitoidentityprovider.Options)) (*cognitoidentityprovider.DeleteUserPoolClientSecretOutput, error) {
	d.secrets[*in.ClientId] = slices.DeleteFunc(d.secrets[*in.ClientId], func(s pooltypes.ClientSecretDescriptorType) bool {
		return *s.ClientSecretId == *in.ClientSecretId
	})
	return &cognitoidentityprovider.DeleteUserPoolClientSecretOutput{}, nil
}

// record is a client's record in the table.
func (d *deployed) record(t *testing.T, id string) (dynamo.Client, bool) {
	t.Helper()
	c, found, err := dynamo.LoadClient(t.Context(), d.table, "tasks", id)
	if err != nil {
		t.Fatal(err)
	}
	return c, found
}

// items counts what is in the table.
func (d *deployed) items(t *testing.T) int {
	t.Helper()
	out, err := d.table.Scan(t.Context(), &dynamodb.ScanInput{TableName: aws.String("tasks")})
	if err != nil {
		t.Fatal(err)
	}
	return len(out.Items)
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

// mustSay demands that an error or output says each of these.
func mustSay(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, text := range want {
		if !strings.Contains(got, text) {
			t.Errorf("%q is not in %q", text, got)
		}
	}
}
