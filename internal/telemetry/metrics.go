package telemetry

import (
	"cmp"
	"encoding/json"
	"io"
	"sync"
	"time"

	"accounttasks/internal/task"
)

// namespace is the CloudWatch namespace of the metrics.
const namespace = "AccountTasks"

// Metrics writes metrics in CloudWatch's embedded metric format, one line for each outcome. The dimensions are few
// and bounded: the function's name, the operation, and for rejections the error codes of the contract.
//
// Lambda drops lines below the function's log level and takes a line without a level, or without a time stamp in RFC
// 3339, for INFO. Each line therefore carries the level that the function is set to, which always passes.
type Metrics struct {
	function, level string
	now             func() time.Time

	mu  sync.Mutex
	out io.Writer
}

// NewMetrics makes the metrics of the function that the environment names (AWS_LAMBDA_FUNCTION_NAME,
// AWS_LAMBDA_LOG_LEVEL). They are written to out, which is the function's standard output.
func NewMetrics(env func(string) string, now func() time.Time, out io.Writer) *Metrics {
	return &Metrics{
		function: env("AWS_LAMBDA_FUNCTION_NAME"),
		level:    cmp.Or(env("AWS_LAMBDA_LOG_LEVEL"), "INFO"),
		now:      now,
		out:      out,
	}
}

// write writes the metrics of one outcome as one line.
func (m *Metrics) write(o Outcome, table TableCalls) error { return m.writeLine(m.document(o, table)) }

func (m *Metrics) writeLine(document any) error {
	line, err := json.Marshal(document)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	_, err = m.out.Write(append(line, '\n'))
	return err
}

// document counts one outcome.
func (m *Metrics) document(o Outcome, table TableCalls) document {
	now := m.now()
	d := document{FunctionName: m.function, Operation: o.Operation, Level: m.level, Timestamp: now.UTC().Format(time.RFC3339Nano)}
	d.AWS.Timestamp = now.UnixMilli()
	counts := directive{Namespace: namespace, Dimensions: [][]string{byFunction, byOperation}}
	count := func(name string, n *int) {
		*n = 1
		counts.Metrics = append(counts.Metrics, metric{name, "Count"})
	}
	count("Requests", &d.Requests)
	switch {
	case o.Code == task.CodePreconditionFailed:
		count("Conflicts", &d.Conflicts)
	case o.Changed:
		count("Updates", &d.Updates)
	case o.Replayed:
		count("Repeats", &d.Repeats)
	}
	if table.Calls > 0 {
		latency, retries := milliseconds(table.Duration), max(0, table.Attempts-table.Calls)
		d.TableLatency, d.TableRetries = &latency, &retries
		counts.Metrics = append(counts.Metrics, metric{"TableLatency", "Milliseconds"}, metric{"TableRetries", "Count"})
	}
	if o.Code != "" {
		count("Rejections", &d.Rejections)
		d.Code = string(o.Code)
		d.AWS.CloudWatchMetrics = append(d.AWS.CloudWatchMetrics,
			directive{namespace, [][]string{byCode}, []metric{{"Rejections", "Count"}}})
	}
	d.AWS.CloudWatchMetrics = append(d.AWS.CloudWatchMetrics, counts)
	return d
}
