package stack

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"accounttasks/internal/local/lambdaruntime"
)

// visit records one request: the status of its answer, the function and the instance that answered, and the failure if
// there is no answer.
type visit struct {
	status   int
	instance string
	failure  error
}

// visitKey is the context's key of the request's *visit.
type visitKey struct{}

// logged prints a line for each request once it is answered.
func logged(next http.Handler, out *console) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		v := &visit{status: http.StatusOK}
		next.ServeHTTP(&statusRecorder{ResponseWriter: w, visit: v}, r.WithContext(context.WithValue(r.Context(), visitKey{}, v)))
		notes := v.instance
		if v.failure != nil {
			// The caller is not told, as with the real gateway.
			notes = strings.TrimSpace(notes + " " + v.failure.Error())
		}
		// The escaped path: a caller must not send control characters to the terminal.
		line := strings.TrimSpace(strings.Join([]string{time.Since(begin).Round(100 * time.Microsecond).String(), notes}, "  "))
		out.line("%s %s %d  %s", r.Method, r.URL.EscapedPath(), v.status, line)
	})
}

// statusRecorder notes the status that goes out.
type statusRecorder struct {
	http.ResponseWriter
	visit *visit
}

// WriteHeader notes the status and passes it on.
func (w *statusRecorder) WriteHeader(status int) {
	w.visit.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap returns http.ResponseController the connection's own writer.
func (w *statusRecorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Invoke implements apigateway.Invoker. It notes which instance answered, or why
// none did.
func (p pools) Invoke(ctx context.Context, function, traceID string, event []byte) ([]byte, error) {
	result, err := p[function].Invoke(ctx, lambdaruntime.Request{TraceID: traceID, Payload: event})
	instance := result.Instance
	if failure, isFunctions := errors.AsType[*lambdaruntime.Error](err); isFunctions {
		instance = failure.Instance
	}
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		v.instance, v.failure = strings.TrimSpace(function+" "+instance), err
	}
	return result.Payload, err
}
