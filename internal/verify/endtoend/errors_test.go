package endtoend_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"accounttasks/internal/local/stack"
)

func versionOf(t testing.TB, tag string) int {
	t.Helper()
	version, _, _ := strings.Cut(strings.Trim(tag, `"`), "-")
	n, err := strconv.Atoi(version)
	if err != nil {
		t.Fatalf("the tag %s has no version", tag)
	}
	return n
}

func TestEveryErrorOfTheService(t *testing.T) {
	c := start(t)
	unknown := strings.Replace(update("1"), reportTask, "99999999-9999-4999-8999-999999999999", 1)
	for _, test := range []struct {
		name         string
		send         func() reply
		status       int
		code, reason string
	}{
		{"malformed", func() reply { return c.put(demoTask, `{"Enabled":`) }, 400, "MalformedBody", "well-formed"},
		{"no body", func() reply { return c.put(demoTask, "") }, 400, "MalformedBody", "The body is required"},
		{"invalid", func() reply { return c.put("x", `{"TaskID":"y","Frequency":9,"StartDate":"z"}`) }, 400, "InvalidRequest", "id cannot be"},
		{"unknown task", func() reply { return c.put(demoTask, unknown) }, 400, "UnknownTask", "catalogue"},
		{"no such task", func() reply { return c.put(otherTask, update("1")) }, 404, "TaskNotFound", otherTask},
		{"no such route", func() reply { return c.send("PUT", "/api/v1/nothing", "") }, 404, "RouteNotFound", "/api/v1/admin"},
		{"method", func() reply { return c.send("PATCH", pathOf(demoTask), "") }, 405, "MethodNotAllowed", "GET, HEAD, PUT or DELETE"},
		{"stale", func() reply { return c.put(demoTask, update("1"), "If-Match", `"0-x"`) }, 412, "PreconditionFailed", "If-Match"},
		{"body too large", func() reply { return c.put(demoTask, strings.Repeat(" ", 2<<20)+"{}") }, 413, "PayloadTooLarge", "2 MiB"},
		{"parameters too large", func() reply { return c.put(demoTask, update(strings.Repeat("1", 262_145))) }, 413, "PayloadTooLarge", "262144"},
		{"media type", func() reply { return c.send("PUT", pathOf(demoTask), "x", "Content-Type", "text/plain") }, 415, "UnsupportedMediaType", "text/plain"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := test.send().mustBe(t, test.status, test.code).envelope(t)
			if got.ResponseData.Result != "Failure" || !strings.Contains(got.Error.ErrorReason, test.reason) {
				t.Errorf("got %q %q, want a failure that says %q", got.ResponseData.Result, got.Error.ErrorReason, test.reason)
			}
		})
	}
}

func TestFiveBadFieldsInOneAnswer(t *testing.T) {
	c := start(t)
	body := `{"enabled":"maybe","taskid":"x","frequency":"sometimes","startdate":"soon","parameters":"{","contenttype":"application/json","notification":"loud"}`
	reason := c.put(demoTask, body).mustBe(t, 400, "InvalidRequest").envelope(t).Error.ErrorReason
	for _, named := range []string{"enabled", "taskid", "frequency", "startdate", "parameters", "notification"} {
		if !strings.Contains(reason, named) {
			t.Errorf("%s is not named in %q", named, reason)
		}
	}
}

// behindFaults starts a stack. While on is true, the fault answers in place of its table.
func behindFaults(t *testing.T, fault http.HandlerFunc) (c client, on *atomic.Bool) {
	t.Helper()
	var proxy *httputil.ReverseProxy
	on = &atomic.Bool{}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if on.Load() {
			fault(w, r)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	engine := start(t)
	behind, err := url.Parse(engine.stack.DynamoDBEndpoint())
	if err != nil {
		t.Fatal(err)
	}
	proxy = httputil.NewSingleHostReverseProxy(behind)
	return start(t, func(config *stack.Config) {
		config.DynamoDBEndpoint, config.TableName = front.URL, stack.DefaultTableName
	}), on
}

func TestTableFaults(t *testing.T) {
	for _, test := range []struct {
		name   string
		fault  http.HandlerFunc
		status int
		code   string
	}{
		{"throttled", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(400)
			fmt.Fprint(w, `{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException"}`)
		}, 429, "TooManyRequests"},
		{"answers lost", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 503, "Unavailable"},
		{"access denied", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(400)
			fmt.Fprint(w, `{"__type":"com.amazon.coral.service#AccessDeniedException","message":"not for callers"}`)
		}, 500, "InternalError"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, on := behindFaults(t, test.fault)
			c.put(demoTask, update("0")).mustBe(t, 200, "")
			on.Store(true)
			got := c.put(demoTask, update("1")).mustBe(t, test.status, test.code)
			if retry := got.Header.Get("Retry-After"); (retry != "") != (test.status != 500) {
				t.Errorf("got Retry-After %q with %d", retry, test.status)
			}
			if strings.Contains(got.body, "not for callers") {
				t.Errorf("the cause is in the answer: %s", got.body)
			}
			on.Store(false)
			c.put(demoTask, update("2")).mustBe(t, 200, "")
		})
	}
}

func TestPanicIsSurvived(t *testing.T) {
	c := start(t, func(config *stack.Config) { config.Functions = functionsWith(t, built(t, "./testdata/faulty")) })
	for range 2 {
		c.put(demoTask, update("1"), "Idempotency-Key", "panic").mustBe(t, 500, "InternalError")
	}
	c.stack.Close() // so that everything is printed
	if records := strings.Count(c.output.String(), `"stack":`); records != 2 {
		t.Errorf("got %d records with a stack, want one for each of 2 panics", records)
	}
	if strings.Contains(c.output.String(), "instance-2") {
		t.Error("the process did not survive a panic")
	}
}

func TestCrashIsTheGatewaysError(t *testing.T) {
	c := start(t, func(config *stack.Config) { config.Functions = functionsWith(t, built(t, "./testdata/faulty")) })
	got := c.put(demoTask, update("1"), "Idempotency-Key", "exit")
	if got.StatusCode != 500 || got.body != `{"message":"Internal Server Error"}` {
		t.Errorf("got %d %s, want the gateway's 500", got.StatusCode, got.body)
	}
	c.put(demoTask, `{`).mustBe(t, 400, "MalformedBody")
}
