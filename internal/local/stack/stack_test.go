package stack_test

import (
	"errors"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/local/stack"
	"accounttasks/internal/local/table"
)

func TestTheFunctionIsToldWhereItsTableIs(t *testing.T) {
	c := configuration(t)
	c.FunctionEnv = map[string]string{"EXTRA": "caller"}
	s := start(t, c)
	_, got := get(t, s.URL()+"/anything")
	want := map[string]string{
		"TABLE_NAME": stack.DefaultTableName, "AWS_ENDPOINT_URL_DYNAMODB": s.DynamoDBEndpoint(),
		"AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "local", "EXTRA": "caller", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "192",
	}
	for name, value := range want {
		if got[name] != value {
			t.Errorf("%s is %q, want %q", name, got[name], value)
		}
	}
}

func TestEveryRouteLeadsToItsFunction(t *testing.T) {
	c := configuration(t)
	c.Functions = binaries(t, "Tasks", "Token")
	const two = `
Resources:
  Tasks:
    Type: AWS::Serverless::Function
    Properties: {MemorySize: 256, Events: {All: {Type: HttpApi}}}
  Token:
    Type: AWS::Serverless::Function
    Properties: {MemorySize: 1769, Events: {Token: {Type: HttpApi, Properties: {Path: "/{name}", Method: GET}}}}
`
	if err := os.WriteFile(c.Template, []byte(two), 0o600); err != nil {
		t.Fatal(err)
	}
	s := start(t, c)
	for path, want := range map[string][2]string{"/one": {"Token", "1769"}, "/one/more": {"Tasks", "256"}} {
		_, got := get(t, s.URL()+path)
		if function := [2]string{got["AWS_LAMBDA_FUNCTION_NAME"], got["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]}; function != want {
			t.Errorf("%s is answered by %v, want %v", path, function, want)
		}
	}
}

func TestATableElsewhereIsCreatedAndSeeded(t *testing.T) {
	engine, err := table.StartEmbedded("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(engine.Close)
	c := configuration(t)
	c.DynamoDBEndpoint, c.TableName = engine.Endpoint(), "mine"
	s := start(t, c)
	if s.DynamoDBEndpoint() != engine.Endpoint() {
		t.Errorf("the stack uses %s", s.DynamoDBEndpoint())
	}
	client, err := table.LocalAccess(engine.Endpoint()).Client()
	if err != nil {
		t.Fatal(err)
	}
	out, err := client.Scan(t.Context(), &dynamodb.ScanInput{TableName: &c.TableName})
	if err != nil || len(out.Items) == 0 {
		t.Errorf("the table has no demo data: %v", err)
	}
	_, got := get(t, s.URL()+"/anything")
	if got["TABLE_NAME"] != "mine" || got["AWS_ENDPOINT_URL_DYNAMODB"] != engine.Endpoint() {
		t.Errorf("the function is told %v", got)
	}
}

func TestEveryRequestLeavesALine(t *testing.T) {
	c := configuration(t)
	var out terminal
	c.Output = &out
	s := start(t, c)
	get(t, s.URL()+"/any%1Bthing?secret=1")
	if status, got := get(t, s.URL()+"/crash"); status != 500 || got["message"] != "Internal Server Error" {
		t.Errorf("a crash: got %d %v", status, got)
	}
	if status, _ := get(t, s.URL()+"/fail"); status != 500 {
		t.Errorf("a failure: got %d", status)
	}
	s.Close()
	for _, want := range []string{
		"GET /any%1Bthing 200  ", "s  Function instance-1\n", "GET /crash 500  ",
		"Function instance-1 Runtime.ExitError: exit status 3\n", "Function instance-2 errorString: no such thing\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "secret=1") {
		t.Error("a query is on the terminal")
	}
}

func TestLimitsOfTimeCanBeShortened(t *testing.T) {
	c := configuration(t)
	c.FunctionTimeout = 10 * time.Millisecond
	s := start(t, c)
	if status, _ := get(t, s.URL()+"/hang"); status != 500 {
		t.Errorf("the function's timeout: got %d, want 500", status)
	}
	c = configuration(t)
	c.IntegrationLimit = 10 * time.Millisecond
	s = start(t, c)
	if status, _ := get(t, s.URL()+"/hang"); status != 503 {
		t.Errorf("the gateway's limit: got %d, want 503", status)
	}
}

func TestCloseLeavesNothingBehind(t *testing.T) {
	s := start(t, configuration(t))
	_, got := get(t, s.URL()+"/anything")
	s.Close()
	s.Close() // a second time does no harm
	pid, err := strconv.Atoi(got["pid"])
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("process %d still runs", pid)
	}
	for _, address := range []string{s.URL(), s.DynamoDBEndpoint()} {
		if c, err := net.Dial("tcp", strings.TrimPrefix(address, "http://")); err == nil {
			_ = c.Close()
			t.Errorf("%s still listens", address)
		}
	}
}

func TestWhatCannotStartSaysWhy(t *testing.T) {
	busy := start(t, configuration(t))
	tests := []struct {
		name   string
		change func(*stack.Config)
		want   string
	}{
		{"an address that others reach", func(c *stack.Config) { c.Address = "0.0.0.0:0" }, "not a loopback address"},
		{"every address", func(c *stack.Config) { c.Address = ":0" }, "not a loopback address"},
		{"no port", func(c *stack.Config) { c.Address = "127.0.0.1" }, "port"},
		{"a port in use", func(c *stack.Config) { c.Address = strings.TrimPrefix(busy.URL(), "http://") }, "address already in use"},
		{"no template", func(c *stack.Config) { c.Template = "absent.yaml" }, "absent.yaml"},
		{"no binary", func(c *stack.Config) { c.Functions = "absent" }, "absent/Function/bootstrap does not exist"},
		{"a table far away", func(c *stack.Config) { c.DynamoDBEndpoint, c.TableName = "http://192.0.2.1:8000", "t" }, "ALLOW_REMOTE=1"},
		{"a table without a name", func(c *stack.Config) { c.DynamoDBEndpoint = "http://127.0.0.1:8000" }, "TABLE_NAME"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := configuration(t)
			test.change(&c)
			s, err := stack.Start(t.Context(), c)
			if err == nil {
				s.Close()
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
		})
	}
}
