package linearizability_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
	"accounttasks/internal/verify/faults"
	"accounttasks/internal/verify/linearizability"
)

// functionTimeout is the timeout of the function in the template.
const functionTimeout = 10 * time.Second

// instance is the service in one instance of the function, with a separate link to the table.
type instance struct {
	service *task.Service
	account string
	given   []uuid.UUID // what newID gives next
}

// steady makes the pauses between attempts the same in every run.
type steady struct{ aws.Retryer }

func (steady) RetryDelay(attempt int, _ error) (time.Duration, error) {
	return time.Duration(attempt) * 50 * time.Millisecond, nil
}

// startInstance starts an instance. It takes GUIDs from identifiers, and its clock is fast by skew. It reads the
// catalogue without the network.
func (s *system) startInstance(fates faults.Fates, identifiers io.Reader, skew time.Duration) *instance {
	client := dynamodb.New(s.client.Options(), func(o *dynamodb.Options) {
		o.HTTPClient = &http.Client{Transport: s.network.Link(fates), Timeout: attemptLimit}
		o.Retryer = steady{o.Retryer}
	})
	i := &instance{account: s.account}
	now := func() time.Time { return time.Now().Add(skew) }
	catalogue := task.NewCatalogue(dynamo.NewTable(s.client, s.table), now, slog.New(slog.DiscardHandler))
	i.service = task.NewService(dynamo.NewTable(client, s.table), catalogue, now, func() uuid.UUID {
		if len(i.given) > 0 {
			next := i.given[0]
			i.given = i.given[1:]
			return next
		}
		return uuid.Must(uuid.NewRandomFromReader(identifiers))
	})
	return i
}

// request is a change as a client sends it.
type request struct {
	client string
	task   uuid.UUID
	key    string // the idempotency key; empty for none
	linearizability.Change
}

// carryOut sends a change to the instance.
func (i *instance) carryOut(t *testing.T, r request) linearizability.Answer {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), functionTimeout)
	defer cancel()
	result, err := i.send(ctx, r)
	if ctx.Err() != nil {
		t.Errorf("a call had no answer within the function's timeout of %s", functionTimeout)
	}
	if err != nil {
		return refusalOf(t, err)
	}
	return linearizability.Answer{Status: http.StatusOK, Replayed: result.Replayed, Shown: viewOf(t, result.Task)}
}

func (i *instance) send(ctx context.Context, r request) (task.Result, error) {
	caller := task.NewCaller(i.account, "user", r.client)
	switch r.Verb {
	case linearizability.Registers:
		if r.key == "" { // the task's ID is the second GUID, after the token
			i.given = []uuid.UUID{uuid.New(), r.task}
		}
		return i.service.Register(ctx, caller, r.definition())
	case linearizability.Deletes:
		return i.service.Delete(ctx, caller, task.DeleteRequest{ID: r.task, IdempotencyKey: r.key, IfMatch: r.revisions()})
	}
	return i.service.Update(ctx, caller, r.definition())
}

// definition is the definition of the task in the change. Its Parameters name the change.
func (r request) definition() task.UpdateRequest {
	u := task.UpdateRequest{ID: r.task, IfMatch: r.revisions(), IdempotencyKey: r.key}
	u.TaskID, u.Parameters, u.ContentType, u.Enabled = catalogueEntry, strconv.Quote(r.Writer), task.ContentTypeJSON, r.Enabled
	for _, field := range task.BodyFields {
		u.SetSentName(field, field.String())
	}
	return u
}

func (r request) revisions() []task.Revision {
	if r.IfMatch == "" {
		return nil
	}
	version, token, _ := strings.Cut(r.IfMatch, "-")
	n, err := strconv.ParseInt(version, 10, 64)
	if err != nil {
		panic(err) // the tag is one of ours
	}
	return []task.Revision{{Version: n, Token: token}}
}

// read reads a task.
func (i *instance) read(t *testing.T, id uuid.UUID) linearizability.Answer {
	t.Helper()
	found, err := i.service.Read(t.Context(), task.NewCaller(i.account, "user", "reader"), id)
	switch {
	case err == nil:
		return linearizability.Answer{Status: http.StatusOK, Shown: viewOf(t, found)}
	case task.AsError(err).Code != task.CodeTaskNotFound:
		t.Errorf("a read failed: %v", err)
	}
	return linearizability.Answer{Status: http.StatusOK}
}

// list returns one page of the tasks.
func (i *instance) list(t *testing.T, after uuid.UUID, count int) task.Page {
	t.Helper()
	page, err := i.service.List(t.Context(), task.NewCaller(i.account, "user", "reader"), after, count, false)
	if err != nil {
		t.Errorf("a list failed: %v", err)
	}
	return page
}

// statuses are the statuses that the model knows, by the domain's codes.
var statuses = map[task.Code]int{
	task.CodeTaskNotFound:         http.StatusNotFound,
	task.CodePreconditionFailed:   http.StatusPreconditionFailed,
	task.CodeIdempotencyKeyReused: http.StatusUnprocessableEntity,
	task.CodeTooManyRequests:      http.StatusTooManyRequests,
	task.CodeUnavailable:          http.StatusServiceUnavailable,
}

func refusalOf(t *testing.T, err error) linearizability.Answer {
	t.Helper()
	refusal := task.AsError(err)
	answer := linearizability.Answer{Status: statuses[refusal.Code]}
	if answer.Status == 0 {
		t.Errorf("a call failed: %v", errors.Join(err, refusal.Cause))
	}
	if refusal.Current != nil {
		answer.Shown = viewOf(t, *refusal.Current)
	}
	return answer
}

// viewOf is the model's view of a task. Its tag has the form of the API.
func viewOf(t *testing.T, shown task.Task) linearizability.View {
	t.Helper()
	writer, err := strconv.Unquote(shown.Parameters)
	if err != nil {
		t.Errorf("the parameters %s name no change: %v", shown.Parameters, err)
	}
	tag := fmt.Sprintf("%d-%s", shown.Revision.Version, shown.Revision.Token)
	return linearizability.View{Version: shown.Revision.Version, Writer: writer, Enabled: shown.Enabled, ETag: tag}
}
