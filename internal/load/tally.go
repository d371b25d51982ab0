package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// tally counts what the answers promise, task by task.
type tally struct {
	applied map[string]int64 // updates that were acknowledged and are no repeats
	unknown map[string]int64 // requests whose outcome the answer leaves open, or that had none
}

func newTally() *tally {
	return &tally{applied: map[string]int64{}, unknown: map[string]int64{}}
}

// phase sends requests at a pace and prints what came of them.
func (t *tally) phase(ctx context.Context, name string, c *caller, attacker *vegeta.Attacker, pace vegeta.Pacer, duration time.Duration) {
	stop := context.AfterFunc(ctx, func() { attacker.Stop() })
	defer stop()
	var metrics vegeta.Metrics
	replayed := 0
	for result := range attacker.Attack(c.target, pace, duration, name) {
		metrics.Add(result)
		id := path.Base(result.URL)
		switch {
		case result.Code == 200 && result.Headers.Get("Idempotency-Replayed") == "true":
			replayed++
		case result.Code == 200:
			t.applied[id]++
		case result.Code == 0 || result.Code >= 500:
			t.unknown[id]++
		}
	}
	metrics.Close()
	l := metrics.Latencies
	fmt.Printf("%s for %v: %.0f requests/s; latency median %v, 95%% %v, 99%% %v, most %v\n  answers %s, of the 200s %d repeats\n",
		name, duration, metrics.Rate, l.P50.Round(time.Microsecond),
		l.P95.Round(time.Microsecond), l.P99.Round(time.Microsecond), l.Max.Round(time.Microsecond), codes(metrics), replayed)
}

// codes lists how often each status was answered.
func codes(m vegeta.Metrics) string {
	list := ""
	for _, code := range slices.Sorted(maps.Keys(m.StatusCodes)) {
		list += fmt.Sprintf("%s: %d, ", code, m.StatusCodes[code])
	}
	return list[:max(0, len(list)-2)]
}

// compare holds the steps that each task made against what was acknowledged. An answer that leaves the outcome
// open may stand for a step or not.
func (t *tally) compare(w io.Writer, before, after map[string]int64) error {
	var wrong []error
	for _, id := range tasks {
		steps, applied, unknown := after[id]-before[id], t.applied[id], t.unknown[id]
		fmt.Fprintf(w, "task %s: %d updates acknowledged, %d unknown, %d steps in the table\n", id, applied, unknown, steps)
		if applied == 0 {
			wrong = append(wrong, fmt.Errorf("no update of task %s was acknowledged", id))
		}
		if steps < applied || steps > applied+unknown {
			wrong = append(wrong, fmt.Errorf("task %s made %d steps for %d to %d updates", id, steps, applied, applied+unknown))
		}
	}
	return errors.Join(wrong...)
}
