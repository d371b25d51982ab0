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

func (l *lines) write(d document) error {
	line, err := json.Marshal(d)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err = l.out.Write(append(line, '\n'))
	return err
}

// document is one line in embedded metric format. Of the counts those stand in it that it declares.
type document struct {
	AWS          declaration `json:"_aws"`
	FunctionName string
	Code         string   `json:",omitempty"`
	Updates      int      `json:",omitempty"`
	Repeats      int      `json:",omitempty"`
	Conflicts    int      `json:",omitempty"`
	Rejections   int      `json:",omitempty"`
	TableLatency *float64 `json:",omitempty"`
	TableRetries *int64   `json:",omitempty"`
}

type declaration struct {
	Timestamp         int64 // in milliseconds since 1970
	CloudWatchMetrics []directive
}

// directive declares metrics under sets of dimensions.
type directive struct {
	Namespace  string
	Dimensions [][]string
	Metrics    []metric
}

// metric is a metric as embedded metric format declares it.
type metric struct {
	Name string
	Unit string
}

// The sets of dimensions: every metric has the first, rejections have both.
var (
	byFunction = []string{"FunctionName"}
	byCode     = []string{"FunctionName", "Code"}
)

// metricsOf counts one request.
func metricsOf(function string, r slog.Record) document {
	code, replayed, table, attempts := readRecord(r)
	d := document{FunctionName: function, Code: code}
	counts := directive{Namespace: namespace, Dimensions: [][]string{byFunction}}
	count := func(name string, n *int) {
		*n = 1
		counts.Metrics = append(counts.Metrics, metric{name, "Count"})
	}
	switch {
	case code == "" && replayed:
		count("Repeats", &d.Repeats)
	case code == "":
		count("Updates", &d.Updates)
	case code == string(task.CodePreconditionFailed):
		count("Conflicts", &d.Conflicts)
	}
	if attempts > 0 {
		retries := attempts - 1
		d.TableLatency, d.TableRetries = &table, &retries
		counts.Metrics = append(counts.Metrics, metric{"TableLatency", "Milliseconds"}, metric{"TableRetries", "Count"})
	}
	d.AWS.Timestamp = r.Time.UnixMilli()
	if code != "" {
		d.Rejections = 1
		d.AWS.CloudWatchMetrics = append(d.AWS.CloudWatchMetrics,
			directive{namespace, [][]string{byFunction, byCode}, []metric{{"Rejections", "Count"}}})
	}
	if len(counts.Metrics) > 0 {
		d.AWS.CloudWatchMetrics = append(d.AWS.CloudWatchMetrics, counts)
	}
	return d
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
