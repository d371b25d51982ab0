package api

import (
	"log/slog"
	"net/http"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// Body is the body of a request as it arrived.
type Body struct {
	wire.Body
	// Err tells why the bytes could not be read. The operation answers with it when it needs the body: route,
	// caller and scope are judged first.
	Err error
}

// call is one request on its way through the service. Each step adds what it found out.
type call struct {
	*http.Request
	body    Body
	pattern string      // of the routes of the path; empty where it has none
	route   *route      // nil while it is not known
	caller  task.Caller // the zero Caller while it is not known
	taskID  uuid.UUID   // the task in question, for the record; zero while it is not known
}

// operation is the name of the call's operation; empty where there is none.
func (c *call) operation() string {
	if c.route == nil {
		return ""
	}
	return c.route.operation
}

// handler is a step on the way of a call, and what comes after it.
type handler func(*call) answer

// answer is what a call comes to. Make a failed one with fail.
type answer struct {
	status int
	header http.Header
	body   []byte // empty until the answer is encoded

	detail   *task.Task // the task that the answer shows
	err      *task.Error
	changed  bool        // a change was applied
	replayed bool        // the change had been applied before
	details  []slog.Attr // further attributes of the record
}

// setHeader sets a header of the answer.
func (ans *answer) setHeader(name, value string) {
	if ans.header == nil {
		ans.header = http.Header{}
	}
	ans.header.Set(name, value)
}
