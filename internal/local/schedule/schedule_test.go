package schedule_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"accounttasks/internal/local/schedule"
)

// sent runs schedules for a time, from midnight on 1 January 2000, and returns
// what they sent to their functions, in order.
func sent(t *testing.T, duration, tick time.Duration, schedules ...schedule.Schedule) []string {
	var mu sync.Mutex
	var all []string
	synctest.Test(t, func(*testing.T) {
		ctx, end := context.WithTimeout(context.Background(), duration)
		defer end()
		schedule.Run(ctx, schedules, tick, func(function string, event []byte) {
			mu.Lock()
			defer mu.Unlock()
			all = append(all, function+" "+string(event))
		})
	})
	slices.Sort(all)
	return all
}

func TestEachScheduleInvokesItsFunctionAtItsRate(t *testing.T) {
	minutely := schedule.Schedule{Function: "F", Every: time.Minute, Input: `{"time":"<aws.scheduler.scheduled-time>"}`}
	daily := schedule.Schedule{Function: "G", Every: 24 * time.Hour, Input: "{}"}
	tests := []struct {
		name           string
		duration, tick time.Duration
		want           []string
	}{
		{"its own", 150 * time.Second, 0, []string{`F {"time":"2000-01-01T00:01:00Z"}`, `F {"time":"2000-01-01T00:02:00Z"}`}},
		{"another", 2500 * time.Millisecond, time.Second, []string{`F {"time":"2000-01-01T00:00:01Z"}`, `F {"time":"2000-01-01T00:00:02Z"}`, "G {}", "G {}"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := sent(t, test.duration, test.tick, minutely, daily); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestRates(t *testing.T) {
	for expression, want := range map[string]time.Duration{
		"rate(1 minute)": time.Minute, "rate(5 minutes)": 5 * time.Minute, "rate(2 hours)": 2 * time.Hour, "rate(1 day)": 24 * time.Hour,
	} {
		if got, err := schedule.ParseRate(expression); err != nil || got != want {
			t.Errorf("%s: got %v, %v, want %v", expression, got, err, want)
		}
	}
	for _, expression := range []string{"", "rate(0 minutes)", "rate(1 second)", "rate(1minute)", "cron(0 0 * * ? *)", "at(2026-01-01T00:00:00)", "xrate(1 minute)", "rate(1 minute)x", fmt.Sprintf("rate(%d days)", 1<<40)} {
		if got, err := schedule.ParseRate(expression); err == nil {
			t.Errorf("%q is read as %v", expression, got)
		}
	}
}

func TestUnsupportedContextAttributesAreRefused(t *testing.T) {
	if err := schedule.CheckInput(`{"a":"<aws.scheduler.scheduled-time>","b":"<tag>"}`); err != nil {
		t.Error(err)
	}
	if schedule.CheckInput("<aws.scheduler.execution-id>") == nil {
		t.Error("an unsupported attribute is accepted")
	}
}
