package telemetry

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"accounttasks/internal/run"
)

// endedDocument holds the metrics of the runs of one entry of the catalogue that have ended: by function, and by the
// entry too. Entries are few, and only the operator adds any; tasks and accounts are too many for a dimension.
type endedDocument struct {
	metricLine
	TaskID        string
	RunsSucceeded int
	RunsFailed    int
	RunsOverdue   int
}

var (
	byTaskID     = []string{"FunctionName", "TaskID"}
	endedMetrics = []metric{{"RunsSucceeded", "Count"}, {"RunsFailed", "Count"}, {"RunsOverdue", "Count"}}
)

// recordEnded counts runs that have ended, a line for each entry of the catalogue. An overdue run counts as failed too.
func (r *Recorder) recordEnded(ctx context.Context, ended []run.Stored) {
	counts := map[uuid.UUID]*endedDocument{}
	for _, s := range ended {
		d := counts[s.TaskID]
		if d == nil {
			d = &endedDocument{metricLine: r.metrics.newLine(directive{namespace, [][]string{byFunction, byTaskID}, endedMetrics}), TaskID: s.TaskID.String()}
			counts[s.TaskID] = d
		}
		if s.Outcome == run.OutcomeSuccess {
			d.RunsSucceeded++
		} else {
			d.RunsFailed++
		}
		if s.Overdue {
			d.RunsOverdue++
		}
	}
	lines := make([]*endedDocument, 0, len(counts))
	for _, d := range counts {
		lines = append(lines, d)
	}
	slices.SortFunc(lines, func(a, b *endedDocument) int { return strings.Compare(a.TaskID, b.TaskID) })
	for _, d := range lines {
		r.writeMetrics(ctx, d)
	}
}
