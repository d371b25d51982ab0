package lambdahttp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/awslabs/aws-lambda-go-api-proxy/core"

	"accounttasks/internal/task"
)

// Service is what the gateway serves.
type Service interface {
	http.Handler
	// Fail answers a request with an error that came up outside the service.
	Fail(w http.ResponseWriter, r *http.Request, err error)
}

// Handler is a lambda.Handler that serves API Gateway events. It is safe for concurrent use.
type Handler struct {
	service Service
	log     *slog.Logger
}

// NewHandler makes a handler.
func NewHandler(service Service, log *slog.Logger) *Handler {
	return &Handler{service: service, log: log}
}

// version2 is the payload format version of HTTP API events.
const version2 = "2.0"

// Invoke serves one event. It answers every event, even one that is no request, and gives an error only
// where the answer cannot be encoded.
func (h *Handler) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	ctx, cancel := withReserve(ctx)
	defer cancel()
	var event events.APIGatewayV2HTTPRequest
	if decode(payload, &event); event.Version == version2 {
		w := serve(h, core.NewProxyResponseWriterV2, func() (*http.Request, error) { return requestV2(ctx, event) })
		return encode(w.GetProxyResponse())
	}
	var rest events.APIGatewayProxyRequest
	decode(payload, &rest)
	w := serve(h, core.NewProxyResponseWriter, func() (*http.Request, error) { return requestV1(ctx, rest) })
	return encode(w.GetProxyResponse())
}

// reserve is what is left of an invocation's time to answer when the table has not.
const reserve = 500 * time.Millisecond

func withReserve(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return context.WithCancel(ctx)
	}
	return context.WithDeadline(ctx, deadline.Add(-reserve))
}

// decode reads an event as far as it goes. A member of the wrong type, such as a claim that is no text, is
// as good as missing; whatever needs it refuses the request.
func decode(payload []byte, event any) { _ = json.Unmarshal(payload, event) }

// encode writes an answer without escapes that would only make it longer: Lambda's limit counts them.
func encode[T any](response T, err error) ([]byte, error) {
	if err != nil {
		return nil, fmt.Errorf("encode the answer: %w", err)
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err = encoder.Encode(response)
	return b.Bytes(), err
}

// serve makes the request and has it served. A panic in either becomes an answer of its own, in place of
// whatever was written by then: without this the Lambda runtime would end the process.
func serve[W http.ResponseWriter](h *Handler, newWriter func() W, makeRequest func() (*http.Request, error)) (w W) {
	w = newWriter()
	r := &http.Request{Header: http.Header{}}
	defer func() {
		if recovered := recover(); recovered != nil {
			w = newWriter()
			h.log.ErrorContext(r.Context(), "panic", "panic", fmt.Sprint(recovered), "stack", string(debug.Stack()))
			h.service.Fail(w, r, errPanic)
		}
	}()
	made, err := makeRequest()
	if err != nil {
		h.log.WarnContext(r.Context(), "event is no request", "cause", err)
		h.service.Fail(w, r, err)
		return w
	}
	r = made
	h.service.ServeHTTP(w, r)
	return w
}

var errPanic = errors.New("panic")

// notRequest refuses an event that no HTTP request can have caused.
func notRequest(cause error) error {
	return &task.Error{Code: task.CodeInvalidRequest, Reason: "The event is no HTTP request: send one of an HTTP API or a REST API.", Cause: cause}
}

// errBase64 refuses a body that is not the base64 it is said to be.
var errBase64 = &task.Error{Code: task.CodeMalformedBody, Reason: "The body is not the base64 that its event says it is: send valid base64, or isBase64Encoded as false."}
