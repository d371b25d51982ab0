package lambdaruntime

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// Request is one event for the function.
type Request struct {
	// TraceID is handed to the function as its X-Ray trace header.
	TraceID string
	// Payload is the event, a JSON document.
	Payload []byte
}

// Result is what the function answered.
type Result struct {
	// Payload is the answer as the function sent it.
	Payload []byte
	// Instance names the process that answered.
	Instance string
	// RequestID is the invocation's own identifier, as in the function's log.
	RequestID string
}

// invocation is one request on its way through a process.
type invocation struct {
	id       string
	traceID  string
	payload  []byte
	deadline time.Time
	answered chan outcome // holds one: the first answer wins
}

// outcome is how an invocation ended: with an answer that arrived at a time, or an
// error.
type outcome struct {
	payload []byte
	at      time.Time
	err     *Error
}

func newInvocation(r Request, deadline time.Time) *invocation {
	return &invocation{
		id: uuid.NewString(), traceID: r.TraceID, payload: r.Payload,
		deadline: deadline, answered: make(chan outcome, 1),
	}
}

// answer settles the invocation; a second answer is dropped.
func (i *invocation) answer(o outcome) {
	select {
	case i.answered <- o:
	default:
	}
}

// announce writes the headers that go with the event.
func (i *invocation) announce(h http.Header, arn string) {
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(i.payload)))
	h.Set("Lambda-Runtime-Aws-Request-Id", i.id)
	h.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(i.deadline.UnixMilli(), 10))
	h.Set("Lambda-Runtime-Invoked-Function-Arn", arn)
	if i.traceID != "" {
		h.Set("Lambda-Runtime-Trace-Id", i.traceID)
	}
}

// reportedError reads the error document of the Runtime API. Any other body becomes
// the message as it is.
func reportedError(body []byte, fallbackType string) *Error {
	var report struct {
		ErrorType    string `json:"errorType"`
		ErrorMessage string `json:"errorMessage"`
	}
	if err := json.Unmarshal(body, &report); err != nil || report.ErrorMessage == "" {
		report.ErrorMessage = string(body)
	}
	if report.ErrorType == "" {
		report.ErrorType = fallbackType
	}
	return &Error{Type: report.ErrorType, Message: report.ErrorMessage}
}
