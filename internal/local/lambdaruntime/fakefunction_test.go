package lambdaruntime_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

// fakeFunction is the variable that makes the test binary play the function: a
// real program with AWS's own runtime client, so that these tests hold for any
// bootstrap that uses it.
const fakeFunction = "FAKE_FUNCTION"

func TestMain(m *testing.M) {
	switch os.Getenv(fakeFunction) {
	case "":
		os.Exit(m.Run())
	case "serve":
		lambda.Start(serveFake)
	case "exit at start":
		fmt.Fprintln(os.Stderr, "the table's name is missing")
		os.Exit(3)
	case "report at start":
		url := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/init/error"
		report := strings.NewReader(`{"errorType":"Runtime.NoTable","errorMessage":"no table"}`)
		answer, err := http.Post(url, "application/json", report)
		if err == nil {
			_ = answer.Body.Close()
		}
		os.Exit(1)
	case "hang at start":
		hang()
	}
}

// order is the event of the fake function. It says what the function must do.
type order struct {
	Do   string `json:"do"`
	With string `json:"with,omitempty"`
	Size int    `json:"size,omitempty"`
}

func serveFake(ctx context.Context, o order) (any, error) {
	switch o.Do {
	case "echo":
		return o.With, nil
	case "pid":
		return os.Getpid(), nil
	case "variables":
		return os.Environ(), nil
	case "deadline":
		deadline, _ := ctx.Deadline()
		return deadline.UnixMilli(), nil
	case "fail":
		return nil, errors.New(o.With)
	case "panic":
		panic(o.With)
	case "exit":
		fmt.Fprintln(os.Stderr, o.With)
		os.Exit(2)
	case "hang":
		hang()
	case "large":
		return strings.Repeat("x", o.Size), nil
	case "child":
		return startChild()
	case "meet":
		return meet(o.With)
	case "say":
		fmt.Print(o.With)
		return nil, nil
	}
	return nil, fmt.Errorf("unknown order %q", o.Do)
}

// hang waits for as long as the process lives. Unlike an empty select it leaves a timer running: without cgo, Go ends
// a process in which no goroutine can ever continue.
func hang() {
	<-time.After(math.MaxInt64)
}

// startChild starts a process that outlives the function and holds its output open.
func startChild() (int, error) {
	child := exec.Command("sleep", "600")
	child.Stdout = os.Stdout
	if err := child.Start(); err != nil {
		return 0, err
	}
	return child.Process.Pid, nil
}

// meet returns when the test's server lets it.
func meet(url string) (int, error) {
	answer, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	return os.Getpid(), answer.Body.Close()
}

func payload(t *testing.T, o order) []byte {
	t.Helper()
	document, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	return document
}
