package lambdahttp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/awslabs/aws-lambda-go-api-proxy/core"

	"accounttasks/internal/api"
	"accounttasks/internal/telemetry"
)

// Service is the service that the handler calls. *api.API implements it.
type Service interface {
	// Serve answers a request whose body has been read.
	Serve(w http.ResponseWriter, r *http.Request, body api.Body)
	// Fail answers an event from which no request could be made.
	Fail(w http.ResponseWriter, r *http.Request, err error)
}

// Handler is a lambda.Handler that serves API Gateway events. It is safe for concurrent use.
type Handler struct{ service Service }

// NewHandler makes a handler.
func NewHandler(service Service) *Handler { return &Handler{service} }

// version2 is the payload format version of HTTP API events.
const version2 = "2.0"

// Invoke serves one event. It answers every event, even one that is not a request. It returns an error only if the
// answer cannot be encoded.
func (h *Handler) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	ctx, cancel := withReserve(ctx)
	defer cancel()
	var event events.APIGatewayV2HTTPRequest
	if decode(payload, &event); event.Version == version2 {
		w := core.NewProxyResponseWriterV2()
		h.serve(ctx, w, func() (*http.Request, api.Body, error) { return requestV2(ctx, payload, event) })
		return encode(w.GetProxyResponse())
	}
	var rest events.APIGatewayProxyRequest
	decode(payload, &rest)
	w := core.NewProxyResponseWriter()
	h.serve(ctx, w, func() (*http.Request, api.Body, error) { return requestV1(ctx, payload, rest) })
	return encode(w.GetProxyResponse())
}

// reserve is the part of an invocation's time that is kept for the answer if the table does not answer.
const reserve = 500 * time.Millisecond

func withReserve(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return context.WithCancel(ctx)
	}
	return context.WithDeadline(ctx, deadline.Add(-reserve))
}

// decode decodes an event as far as possible. A member of the wrong type, such as a header that is not text, counts as
// missing. The code that needs it refuses the request.
func decode(payload []byte, event any) { _ = json.Unmarshal(payload, event) }

// encode writes an answer without unnecessary escapes, because they count towards Lambda's limit.
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

// maker makes a request from an event.
type maker func() (*http.Request, api.Body, error)

// serve makes the request and passes it to the service. The service answers and records all failures.
func (h *Handler) serve(ctx context.Context, w http.ResponseWriter, make maker) {
	r, body, err := recovered(make)
	if err != nil {
		unmade := &http.Request{URL: &url.URL{}, Header: http.Header{}}
		h.service.Fail(w, unmade.WithContext(ctx), err)
		return
	}
	h.service.Serve(w, r, body)
}

// recovered makes the request and returns a panic as an error. Otherwise the Lambda runtime would end the process.
func recovered(make maker) (r *http.Request, body api.Body, err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			err = telemetry.Panicked(recovered)
		}
	}()
	return make()
}
