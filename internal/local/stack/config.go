package stack

import (
	"io"
	"os"
	"time"
)

// DefaultTableName is the embedded table's name.
const DefaultTableName = "account-tasks"

// accountID is the AWS account that ARNs and events name.
const accountID = "123456789012"

// Config says what to run. Template and Functions are required.
type Config struct {
	// Address is a loopback address to listen on; port 0 takes a free one.
	Address string
	// Template is the path of the SAM template.
	Template string
	// Functions is the folder of the functions' binaries: that of the function
	// with the logical id F is F/bootstrap in it.
	Functions string
	// FunctionEnv is added to every function's variables and overrides them.
	FunctionEnv map[string]string
	// DynamoDBEndpoint replaces the embedded table by the one named TableName at
	// this URL; AllowRemote permits one that is not on this machine.
	DynamoDBEndpoint string
	TableName        string
	AllowRemote      bool
	// HoldRuns leaves runs held, as on a new table, until an operator starts them.
	HoldRuns bool
	// Environment looks up the caller's variables; os.Getenv where nil. Only AWS
	// credentials for a remote table are read from it.
	Environment func(string) string
	// Output receives a line for each request and what the functions print.
	Output io.Writer
	// MaxInstances is how many instances of a function run at a time at most.
	MaxInstances int
	// FunctionTimeout replaces the template's timeouts, IntegrationLimit the
	// gateway's 30 seconds.
	FunctionTimeout  time.Duration
	IntegrationLimit time.Duration
	// Tick replaces the intervals of the template's schedules, if positive.
	Tick time.Duration
	// Worker takes all runs: the folder with the binary bootstrap of a function like that in examples/worker, or the URL to
	// which each event is posted.
	Worker string
	// DemoWorker has the demonstration worker take the runs of the demo catalogue, if there is no Worker.
	DemoWorker bool
	// RetryDelay is the time before an event that a function failed to handle is
	// tried again; asyncinvoke's default where zero.
	RetryDelay time.Duration
}

func (c Config) withDefaults() Config {
	if c.Address == "" {
		c.Address = "127.0.0.1:0"
	}
	if c.TableName == "" && c.DynamoDBEndpoint == "" {
		c.TableName = DefaultTableName
	}
	if c.Environment == nil {
		c.Environment = os.Getenv
	}
	if c.Output == nil {
		c.Output = io.Discard
	}
	return c
}
