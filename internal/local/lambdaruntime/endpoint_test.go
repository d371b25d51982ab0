package lambdaruntime_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"

	"accounttasks/internal/local/lambdaruntime"
)

// startFake starts the fake function on an endpoint.
func startFake(t *testing.T, role string) *lambdaruntime.Endpoint {
	t.Helper()
	endpoint, err := lambdaruntime.StartEndpoint("arn:aws:lambda:eu-central-1:123456789012:function:fake")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(endpoint.Close)
	command := exec.Command(os.Args[0])
	command.Env = []string{fakeFunction + "=" + role, "AWS_LAMBDA_RUNTIME_API=" + endpoint.Address()}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	return endpoint
}

func TestAnEndpointTellsWhenTheProcessAsksAndAnswers(t *testing.T) {
	begun := time.Now()
	endpoint := startFake(t, "serve")
	asked := <-endpoint.Asked()
	ctx, cancel := context.WithDeadline(t.Context(), begun.Add(time.Minute))
	defer cancel()
	answer, err := endpoint.Exchange(ctx, lambdaruntime.Request{Payload: payload(t, order{Do: "deadline"})})
	if err != nil {
		t.Fatal(err)
	}
	again := <-endpoint.Asked()
	if !begun.Before(asked) || !asked.Before(answer.At) || !answer.At.Before(again) {
		t.Errorf("started at %v, asked at %v, answered at %v, asked again at %v", begun, asked, answer.At, again)
	}
	var deadline int64
	if err := json.Unmarshal(answer.Payload, &deadline); err != nil || deadline != begun.Add(time.Minute).UnixMilli() {
		t.Errorf("the function's deadline is %d, %v", deadline, err)
	}
}

func TestAnExchangeThatFails(t *testing.T) {
	endpoint := startFake(t, "serve")
	_, err := endpoint.Exchange(t.Context(), lambdaruntime.Request{Payload: payload(t, order{Do: "fail", With: "no such thing"})})
	wantFailure(t, err, "errorString", "no such thing")
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := endpoint.Exchange(ended, lambdaruntime.Request{Payload: payload(t, order{Do: "hang"})}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
	if failed := <-startFake(t, "report at start").InitFailed(); failed.Message != "no table" {
		t.Errorf("got the report %v", failed)
	}
}
