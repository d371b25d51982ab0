package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// phase is one way to load the stack.
type phase struct {
	name     string
	attacker *vegeta.Attacker
	pace     vegeta.Pacer
	duration time.Duration
}

// bounded ends a phase after a number of requests.
type bounded struct {
	vegeta.Pacer
	requests uint64
}

// Pace implements vegeta.Pacer.
func (b bounded) Pace(elapsed time.Duration, hits uint64) (wait time.Duration, stop bool) {
	if hits >= b.requests {
		return 0, true
	}
	return b.Pacer.Pace(elapsed, hits)
}

// run sends the phase's requests, counts their answers, and prints the result.
func (p phase) run(ctx context.Context, w io.Writer, c *caller, t *tally) error {
	stop := context.AfterFunc(ctx, func() { p.attacker.Stop() })
	defer stop()
	var metrics vegeta.Metrics
	repeats := 0
	for result := range p.attacker.Attack(c.target, p.pace, p.duration, "") {
		metrics.Add(result)
		r, err := requestAt(result.URL)
		if err != nil {
			return fmt.Errorf("an answer from %q: %w", result.URL, err)
		}
		c.saw(r, result.Headers.Get("ETag"))
		t.add(r, result)
		if isRepeat(result) {
			repeats++
		}
	}
	metrics.Close()
	l := metrics.Latencies
	fmt.Fprintf(w, "%s: %d requests in %v, %.0f a second; latency 50%% %v, 95%% %v, 99%% %v, most %v\n", p.name, metrics.Requests,
		metrics.Duration.Round(time.Second), metrics.Rate, short(l.P50), short(l.P95), short(l.P99), short(l.Max))
	fmt.Fprintf(w, "  answers %s; marked as repeats: %d\n", answers(metrics), repeats)
	return ctx.Err()
}

func short(d time.Duration) time.Duration { return d.Round(10 * time.Microsecond) }

// answers lists how often each status was answered; 0 stands for no answer.
func answers(m vegeta.Metrics) string {
	var list []string
	for _, code := range slices.Sorted(maps.Keys(m.StatusCodes)) {
		list = append(list, fmt.Sprintf("%s: %d", code, m.StatusCodes[code]))
	}
	return strings.Join(list, ", ")
}
