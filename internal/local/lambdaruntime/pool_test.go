package lambdaruntime_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"accounttasks/internal/local/lambdaruntime"
)

// transcript collects the processes' output.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *transcript) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *transcript) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

func newPool(t *testing.T, change func(*lambdaruntime.Config)) *lambdaruntime.Pool {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	config := lambdaruntime.Config{
		Binary: binary, Name: "fake", Region: "eu-central-1", AccountID: "123456789012",
		Timeout: time.Minute, InitTimeout: time.Minute,
		Environment: map[string]string{fakeFunction: "serve"},
	}
	if change != nil {
		change(&config)
	}
	pool, err := lambdaruntime.NewPool(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

func invoke(t *testing.T, pool *lambdaruntime.Pool, o order) (lambdaruntime.Result, error) {
	t.Helper()
	return pool.Invoke(t.Context(), lambdaruntime.Request{TraceID: "Root=1-0-0", Payload: payload(t, o)})
}

func mustInvoke[T any](t *testing.T, pool *lambdaruntime.Pool, o order) T {
	t.Helper()
	result, err := invoke(t, pool, o)
	if err != nil {
		t.Fatalf("invoke %s: %v", o.Do, err)
	}
	var answer T
	if err := json.Unmarshal(result.Payload, &answer); err != nil {
		t.Fatalf("answer of %s: %v", o.Do, err)
	}
	return answer
}

func wantFailure(t *testing.T, err error, kind, message string) {
	t.Helper()
	failure, ok := errors.AsType[*lambdaruntime.Error](err)
	if !ok {
		t.Fatalf("got error %v, want one of type %s", err, kind)
	}
	if failure.Type != kind || !strings.Contains(failure.Message, message) {
		t.Errorf("got %s %q, want %s with %q", failure.Type, failure.Message, kind, message)
	}
}

// gone reports whether no process has this id any more. A zombie still has it, so
// this also shows that processes are waited for.
func gone(pid int) bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

func TestAnInstanceIsReused(t *testing.T) {
	pool := newPool(t, nil)
	first := mustInvoke[int](t, pool, order{Do: "pid"})
	second := mustInvoke[int](t, pool, order{Do: "pid"})
	if first != second {
		t.Errorf("two requests in a row met processes %d and %d, want the same one", first, second)
	}
}

func TestAFunctionSeesLambdasVariables(t *testing.T) {
	pool := newPool(t, func(c *lambdaruntime.Config) {
		c.MemoryMB, c.Handler = 256, "bootstrap"
		c.Environment["TABLE_NAME"] = "local-table"
	})
	t.Setenv("A_VARIABLE_OF_THE_TERMINAL", "set")
	got := strings.Join(mustInvoke[[]string](t, pool, order{Do: "variables"}), "\n") + "\n"
	for _, want := range []string{
		"AWS_LAMBDA_FUNCTION_NAME=fake\n", "AWS_LAMBDA_FUNCTION_VERSION=$LATEST\n",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE=256\n", "AWS_REGION=eu-central-1\n",
		"AWS_DEFAULT_REGION=eu-central-1\n", "_HANDLER=bootstrap\n", "LAMBDA_TASK_ROOT=/",
		"TABLE_NAME=local-table\n", "_X_AMZN_TRACE_ID=Root=1-0-0\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not among the variables:\n%s", want, got)
		}
	}
	if strings.Contains(got, "A_VARIABLE_OF_THE_TERMINAL") {
		t.Error("the terminal's own variables reach the function")
	}
}

func TestTheDeadlineIsTheFunctionsTimeout(t *testing.T) {
	pool := newPool(t, nil)
	before := time.Now()
	deadline := time.UnixMilli(mustInvoke[int64](t, pool, order{Do: "deadline"}))
	if earliest := before.Add(time.Minute - time.Millisecond); deadline.Before(earliest) || deadline.After(time.Now().Add(time.Minute)) {
		t.Errorf("the deadline is %s after the request, want a minute", deadline.Sub(before))
	}
}

func TestAFailedInvocation(t *testing.T) {
	tests := []struct {
		name, kind, message string
		order               order
		survives            bool
	}{
		{"an error keeps the process", "errorString", "no such thing", order{Do: "fail", With: "no such thing"}, true},
		{"a panic is reported and the process replaced", "string", "oh no", order{Do: "panic", With: "oh no"}, false},
		{"a crash is reported with the last words", lambdaruntime.TypeExit, "exit status 2: out of ideas", order{Do: "exit", With: "out of ideas"}, false},
		{"an answer over the limit", lambdaruntime.TypeResponseTooLarge, "6291556", order{Do: "large", Size: lambdaruntime.MaxResponseBytes - 1}, false},
		{"an event over the limit", lambdaruntime.TypeRequestTooLarge, "6291456", order{Do: "echo", With: strings.Repeat("x", lambdaruntime.MaxRequestBytes)}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pool := newPool(t, nil)
			before := mustInvoke[int](t, pool, order{Do: "pid"})
			_, err := invoke(t, pool, test.order)
			wantFailure(t, err, test.kind, test.message)
			after := mustInvoke[int](t, pool, order{Do: "pid"})
			if (before == after) != test.survives {
				t.Errorf("process %d before, %d after; want it to survive: %t", before, after, test.survives)
			}
		})
	}
}

func TestTheLargestAnswerArrives(t *testing.T) {
	pool := newPool(t, nil)
	size := lambdaruntime.MaxResponseBytes - len(`""`)
	if got := len(mustInvoke[string](t, pool, order{Do: "large", Size: size})); got != size {
		t.Errorf("got %d bytes, want %d", got, size)
	}
}

func TestAFailedStart(t *testing.T) {
	tests := []struct {
		name, role, kind, message string
		limit                     time.Duration
	}{
		{"the process ends", "exit at start", lambdaruntime.TypeInit, "exit status 3: the table's name is missing", time.Minute},
		{"the process reports", "report at start", "Runtime.NoTable", "no table", time.Minute},
		{"the process never asks for work", "hang at start", lambdaruntime.TypeTimeout, "", 50 * time.Millisecond},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pool := newPool(t, func(c *lambdaruntime.Config) {
				c.Environment[fakeFunction] = test.role
				c.InitTimeout = test.limit
			})
			_, err := invoke(t, pool, order{Do: "pid"})
			wantFailure(t, err, test.kind, test.message)
		})
	}
}

func TestAnInvocationOverItsTimeIsKilled(t *testing.T) {
	pool := newPool(t, func(c *lambdaruntime.Config) { c.Timeout = 2 * time.Second })
	pid := mustInvoke[int](t, pool, order{Do: "pid"})
	_, err := invoke(t, pool, order{Do: "hang"})
	wantFailure(t, err, lambdaruntime.TypeTimeout, "2s")
	if !gone(pid) {
		t.Errorf("process %d is still there", pid)
	}
	if next := mustInvoke[int](t, pool, order{Do: "pid"}); next == pid {
		t.Errorf("the killed process %d answered", pid)
	}
}

func TestOutputArrivesInWholeLines(t *testing.T) {
	var out transcript
	pool := newPool(t, func(c *lambdaruntime.Config) { c.Output = &out })
	mustInvoke[any](t, pool, order{Do: "say", With: "first\nsec"})
	mustInvoke[any](t, pool, order{Do: "say", With: "ond"})
	pool.Close()
	if got, want := out.String(), "first\nsecond\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestABinaryThatCannotRunIsRefused(t *testing.T) {
	plain := t.TempDir() + "/plain"
	if err := os.WriteFile(plain, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		t.TempDir() + "/absent": "does not exist",
		plain:                   "not an executable file",
		t.TempDir():             "not an executable file",
	} {
		if _, err := lambdaruntime.NewPool(lambdaruntime.Config{Binary: path}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", path, err, want)
		}
	}
}
