package asyncinvoke_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"accounttasks/internal/local/asyncinvoke"
)

// attempt is one invocation as the function sees it.
type attempt struct {
	after    time.Duration
	function string
	event    string
}

// send sends one event to a function that first fails a number of times. It returns the attempts and the reported
// failures.
func send(t *testing.T, failures int) (attempts []attempt, failed []string) {
	synctest.Test(t, func(*testing.T) {
		begun := time.Now()
		queue := asyncinvoke.New(asyncinvoke.Config{
			Delay: time.Minute, Retries: map[string]int{"F": 2},
			Invoke: func(_ context.Context, function string, event []byte) error {
				attempts = append(attempts, attempt{time.Since(begun), function, string(event)})
				if len(attempts) <= failures {
					return errors.New("no")
				}
				return nil
			},
			Failed: func(function string, attempt int, err error) {
				failed = append(failed, fmt.Sprintf("%s %d %v", function, attempt, err))
			},
		})
		defer queue.Close()
		queue.Send("F", []byte("{}"))
		time.Sleep(time.Hour)
	})
	return attempts, failed
}

func TestAnEventIsTriedUntilItIsHandled(t *testing.T) {
	tests := []struct {
		failures int
		after    []time.Duration
		failed   []string
	}{
		{0, []time.Duration{0}, nil},
		{1, []time.Duration{0, time.Minute}, []string{"F 1 no"}},
		{2, []time.Duration{0, time.Minute, 3 * time.Minute}, []string{"F 1 no", "F 2 no"}},
		{9, []time.Duration{0, time.Minute, 3 * time.Minute}, []string{"F 1 no", "F 2 no", "F 3 no"}},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%d failures", test.failures), func(t *testing.T) {
			var want []attempt
			for _, after := range test.after {
				want = append(want, attempt{after, "F", "{}"})
			}
			got, failed := send(t, test.failures)
			if !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			if !slices.Equal(failed, test.failed) {
				t.Errorf("the reported failures are %q, want %q", failed, test.failed)
			}
		})
	}
}

func TestCloseEndsAnAttemptAndDropsTheRest(t *testing.T) {
	begun := make(chan struct{})
	queue := asyncinvoke.New(asyncinvoke.Config{Invoke: func(ctx context.Context, _ string, _ []byte) error {
		close(begun) // a second attempt would panic
		<-ctx.Done()
		return ctx.Err()
	}})
	queue.Send("F", nil)
	<-begun
	queue.Close()
	queue.Send("F", nil)
	queue.Close() // a second time does no harm
}

func TestCloseEndsAWait(t *testing.T) {
	failed := make(chan struct{})
	queue := asyncinvoke.New(asyncinvoke.Config{
		Delay: time.Hour, Retries: map[string]int{"F": 1},
		Invoke: func(context.Context, string, []byte) error { return errors.New("no") },
		Failed: func(string, int, error) { close(failed) },
	})
	queue.Send("F", nil)
	<-failed
	queue.Close()
}
