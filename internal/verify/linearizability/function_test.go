package linearizability_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/app"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
	"accounttasks/internal/verify/faults"
	"accounttasks/internal/verify/linearizability"
)

// functionTimeout is what the template gives the function.
const functionTimeout = 10 * time.Second

// function is one instance of the function, wired as main does, behind a link of its own.
type function struct {
	handler *app.AccountTasks
	link    *faults.Link
	account string
}

// steady makes the pauses between attempts the same in every run.
type steady struct{ aws.Retryer }

func (steady) RetryDelay(attempt int, _ error) (time.Duration, error) {
	return time.Duration(attempt) * 50 * time.Millisecond, nil
}

// startFunction starts an instance. identifiers is where it takes GUIDs from, skew what its clock is ahead. The catalogue is read directly.
func (s *system) startFunction(t *testing.T, fates faults.Fates, identifiers io.Reader, skew time.Duration) *function {
	t.Helper()
	link := s.network.Link(fates)
	client := dynamodb.New(s.client.Options(), func(o *dynamodb.Options) {
		o.HTTPClient = &http.Client{Transport: link, Timeout: attemptLimit}
		o.Retryer = steady{o.Retryer}
	})
	environment := app.Environment{
		Getenv:  func(string) string { return "" },
		Now:     time.Now,
		NewID:   func() uuid.UUID { return uuid.Must(uuid.NewRandomFromReader(identifiers)) },
		Log:     slog.New(slog.DiscardHandler),
		Metrics: io.Discard,
	}
	handler := app.NewAccountTasksOn(dynamo.NewTable(client, s.table), dynamo.NewTable(s.client, s.table), environment)
	return &function{handler: handler, link: link, account: s.account}
}

// request is an update as a client sends it.
type request struct {
	client string
	task   uuid.UUID
	key    string // the Idempotency-Key; empty for none
	linearizability.Update
}

// invoke has the function carry out an update.
func (f *function) invoke(t *testing.T, r request) linearizability.Answer {
	t.Helper()
	payload, err := json.Marshal(f.event(t, r))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), functionTimeout)
	defer cancel()
	answer, err := f.handler.Invoke(ctx, payload)
	if err != nil {
		t.Errorf("the function failed: %v", err)
	}
	if ctx.Err() != nil {
		t.Errorf("a call had no answer within the function's timeout of %s", functionTimeout)
	}
	return answerOf(t, answer)
}

// event is the event by which API Gateway hands an update to the function.
func (f *function) event(t *testing.T, r request) events.APIGatewayV2HTTPRequest {
	t.Helper()
	body, err := json.Marshal(map[string]any{
		"TaskID": catalogueEntry, "Frequency": "DAILY", "Enabled": r.Enabled,
		"Parameters": strconv.Quote(r.Writer), "ContentType": task.ContentTypeJSON,
	})
	if err != nil {
		t.Fatal(err)
	}
	event := events.APIGatewayV2HTTPRequest{
		Version:        "2.0",
		RouteKey:       "PUT /api/v1/admin/tasks/account/{id}",
		PathParameters: map[string]string{"id": r.task.String()},
		Headers:        map[string]string{"content-type": "application/json"},
		Body:           string(body),
	}
	if r.key != "" {
		event.Headers["idempotency-key"] = r.key
	}
	if r.IfMatch != "" {
		event.Headers["if-match"] = r.IfMatch
	}
	event.RequestContext.HTTP.Method = http.MethodPut
	event.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{
		JWT: &events.APIGatewayV2HTTPRequestContextAuthorizerJWTDescription{Claims: map[string]string{
			"account_id": f.account, "user_id": "user", "client_id": r.client, "scope": task.ScopeWrite,
		}},
	}
	return event
}

// answerOf reads the function's answer.
func answerOf(t *testing.T, answer []byte) linearizability.Answer {
	t.Helper()
	var response events.APIGatewayV2HTTPResponse
	var envelope struct {
		ResponseData struct {
			Detail *struct {
				Parameters string
				Enabled    bool
			}
		}
	}
	if err := json.Unmarshal(answer, &response); err != nil {
		t.Errorf("read the answer %s: %v", answer, err)
	}
	if err := json.Unmarshal([]byte(response.Body), &envelope); err != nil {
		t.Errorf("read the envelope %s: %v", response.Body, err)
	}
	read := linearizability.Answer{Status: response.StatusCode, Replayed: response.Headers["Idempotency-Replayed"] == "true"}
	if detail := envelope.ResponseData.Detail; detail != nil {
		read.Shown = view(t, response.Headers["Etag"], detail.Parameters, detail.Enabled)
	}
	return read
}
