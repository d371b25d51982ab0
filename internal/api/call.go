package api

import (
	"log/slog"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// Body is the body of a request as it arrived.
type Body struct {
	wire.Body
	// Err says why the bytes could not be read. An operation that needs the body answers with it. Route, caller and
	// scope are checked first.
	Err error
}

// call is one request while it is served. Each step adds its results.
type call struct {
	*http.Request
	body    Body
	pattern string      // of the routes of the path; empty where it has none
	route   *route      // nil while it is not known
	caller  task.Caller // the zero Caller while it is not known
	taskID  uuid.UUID   // the task in question, for the record; zero while it is not known

	arguments arguments     // what the query says
	problems  task.Problems // what is wrong with the query; each operation adds its own and answers with all of them
}

// operation is the name of the call's operation; it is empty if there is none.
func (c *call) operation() string {
	if c.route == nil {
		return ""
	}
	return c.route.operation
}

// shape is the shape of the call's answer.
func (c *call) shape() wire.Shape {
	if c.route == nil {
		return wire.ShapeTask
	}
	return c.route.shape
}

// base is the part before the operation's path in the address that the caller used, such as the name of a stage. It is
// usually empty. It never begins with two slashes: an address that does names a host (RFC 3986, section 4.2).
func (c *call) base() string {
	used, _, _ := strings.Cut(c.RequestURI, "?")
	segments := splitPath(used)
	before := len(segments) - len(splitPath(c.route.pattern))
	if before <= 0 || used[0] != '/' {
		return ""
	}
	if _, ok := c.route.match(segments[before:]); !ok {
		return ""
	}
	return "/" + strings.Join(segments[:before], "/")
}

// handler serves a call: one step, with the steps after it.
type handler func(*call) answer

// answer is the outcome of a call. fail makes a failed one.
type answer struct {
	status int
	header http.Header
	body   []byte // empty until the answer is encoded

	task     *task.Task   // the task that the answer shows, with its revision
	detail   *wire.Detail // what the answer shows instead of one task at a revision
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
