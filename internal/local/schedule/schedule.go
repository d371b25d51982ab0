package schedule

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Schedule invokes a function at a fixed rate.
type Schedule struct {
	// Name is the schedule's logical id.
	Name string
	// Function is the logical id of the function to invoke.
	Function string
	// Every is the time between two invocations.
	Every time.Duration
	// Input is the event. <aws.scheduler.scheduled-time> in it is replaced by the
	// time of the invocation, in RFC 3339 and UTC.
	Input string
}

var rate = regexp.MustCompile(`^rate\(([1-9][0-9]{0,5}) (minute|hour|day)s?\)$`)

// ParseRate reads a schedule expression such as rate(5 minutes). Expressions with
// cron and at are errors: the local stack supports rates only.
func ParseRate(expression string) (time.Duration, error) {
	parts := rate.FindStringSubmatch(expression)
	if parts == nil {
		return 0, fmt.Errorf("%q is not a rate in minutes, hours or days, such as rate(5 minutes)", expression)
	}
	units := map[string]time.Duration{"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour}
	value, err := strconv.Atoi(parts[1])
	return time.Duration(value) * units[parts[2]], err
}

// scheduledTime is the context attribute for the time of an invocation.
const scheduledTime = "<aws.scheduler.scheduled-time>"

// CheckInput refuses context attributes other than the scheduled time.
func CheckInput(input string) error {
	if rest := strings.ReplaceAll(input, scheduledTime, ""); strings.Contains(rest, "<aws.scheduler.") {
		return fmt.Errorf("of the context attributes the local stack supports %s only", scheduledTime)
	}
	return nil
}

// event is the schedule's input for the invocation at a time.
func (s Schedule) event(at time.Time) []byte {
	return []byte(strings.ReplaceAll(s.Input, scheduledTime, at.UTC().Format(time.RFC3339)))
}

// Run sends the schedules' events to their functions until the context ends. The
// first is sent one interval after the start. A positive tick replaces the
// schedules' own intervals. send must not block.
func Run(ctx context.Context, schedules []Schedule, tick time.Duration, send func(function string, event []byte)) {
	var running sync.WaitGroup
	for _, s := range schedules {
		if tick > 0 {
			s.Every = tick
		}
		running.Go(func() { s.run(ctx, send) })
	}
	running.Wait()
}

func (s Schedule) run(ctx context.Context, send func(string, []byte)) {
	ticker := time.NewTicker(s.Every)
	defer ticker.Stop()
	for {
		select {
		case at := <-ticker.C:
			send(s.Function, s.event(at))
		case <-ctx.Done():
			return
		}
	}
}
