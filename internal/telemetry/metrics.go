package telemetry

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"sync"

	"accounttasks/internal/task"
)

// namespace is the CloudWatch namespace of the metrics.
const namespace = "AccountTasks"

// Handler is a handler of the log that also counts the requests whose records pass through it. Each leaves one
// line in CloudWatch's embedded metric format, whatever the log's level is. The dimensions are few and bounded:
// the function's name and, for rejections, the error codes of the contract.
type Handler struct {
	slog.Handler
	function string
	lines    *lines
}

// lines writes whole lines.
type lines struct {
	mu  sync.Mutex
	out io.Writer
}

// NewHandler puts the metrics of a function in front of a handler of the log. They are written to out.
func NewHandler(log slog.Handler, function string, out io.Writer) *Handler {
	return &Handler{Handler: log, function: function, lines: &lines{out: out}}
}

// Enabled lets records of requests through that the log itself does not want.
func (h *Handler) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelInfo || h.Handler.Enabled(ctx, level)
}

// Handle implements slog.Handler.
func (h *Handler) Handle(ctx context.Context, r slog.Record) error {
	if r.Message == RequestMessage {
		if err := h.lines.write(metricsOf(h.function, r)); err != nil {
			return err
		}
	}
	if !h.Handler.Enabled(ctx, r.Level) {
		return nil
	}
	if trace, ok := ctx.Value("x-amzn-trace-id").(string); ok {
		r.AddAttrs(slog.String("traceId", trace))
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h *Handler) WithAttrs(attributes []slog.Attr) slog.Handler {
	return &Handler{h.Handler.WithAttrs(attributes), h.function, h.lines}
}

// WithGroup implements slog.Handler.
func (h *Handler) WithGroup(name string) slog.Handler {
	return &Handler{h.Handler.WithGroup(name), h.function, h.lines}
}

func (l *lines) write(document map[string]any) error {
	line, err := json.Marshal(document)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err = l.out.Write(append(line, '\n'))
	return err
}

// metric is a metric as embedded metric format declares it.
type metric struct {
	Name string
	Unit string
}

// directive declares metrics under sets of dimensions.
type directive struct {
	Namespace  string
	Dimensions [][]string
	Metrics    []metric
}

// metricsOf counts one request.
func metricsOf(function string, r slog.Record) map[string]any {
	code, replayed, table, attempts := readRecord(r)
	counts := directive{Namespace: namespace, Dimensions: [][]string{{"FunctionName"}}}
	document := map[string]any{"FunctionName": function}
	count := func(name, unit string, value any) {
		counts.Metrics = append(counts.Metrics, metric{name, unit})
		document[name] = value
	}
	declared := []directive{}
	switch {
	case code == "" && replayed:
		count("Repeats", "Count", 1)
	case code == "":
		count("Updates", "Count", 1)
	default:
		if code == string(task.CodePreconditionFailed) {
			count("Conflicts", "Count", 1)
		}
		document["Code"], document["Rejections"] = code, 1
		declared = append(declared, directive{namespace, [][]string{{"FunctionName"}, {"FunctionName", "Code"}}, []metric{{"Rejections", "Count"}}})
	}
	if attempts > 0 {
		count("TableLatency", "Milliseconds", table)
		count("TableRetries", "Count", attempts-1)
	}
	if len(counts.Metrics) > 0 {
		declared = append(declared, counts)
	}
	document["_aws"] = map[string]any{"Timestamp": r.Time.UnixMilli(), "CloudWatchMetrics": declared}
	return document
}

func readRecord(r slog.Record) (code string, replayed bool, table float64, attempts int64) {
	r.Attrs(func(a slog.Attr) bool {
		switch a.Key {
		case AttrCode:
			code = a.Value.String()
		case AttrReplayed:
			replayed = a.Value.Bool()
		case AttrTable:
			table = a.Value.Float64()
		case AttrAttempts:
			attempts = a.Value.Int64()
		}
		return true
	})
	return code, replayed, table, attempts
}
