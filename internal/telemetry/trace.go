package telemetry

import (
	"context"
	"log/slog"
)

// TraceHandler is a handler of the log that adds the trace id of the invocation to every record.
type TraceHandler struct{ slog.Handler }

// Handle implements slog.Handler.
func (h TraceHandler) Handle(ctx context.Context, r slog.Record) error {
	// The Lambda runtime keeps the trace id under this key, which is a plain string.
	if trace, ok := ctx.Value("x-amzn-trace-id").(string); ok {
		r.AddAttrs(slog.String("traceId", trace))
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h TraceHandler) WithAttrs(attributes []slog.Attr) slog.Handler {
	return TraceHandler{h.Handler.WithAttrs(attributes)}
}

// WithGroup implements slog.Handler.
func (h TraceHandler) WithGroup(name string) slog.Handler {
	return TraceHandler{h.Handler.WithGroup(name)}
}
