package run_test

import (
	"testing"
	"time"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// noon is the time around which most tests take place. The tasks here occur at whole hours or days.
var noon = time.Date(2026, time.June, 4, 12, 0, 0, 0, time.UTC)

// clock parses a time on the day of noon, or on another day of that June: "09:30", "3 09:30".
func clock(written string) time.Time {
	if written == "" {
		return time.Time{}
	}
	for _, layout := range []string{"15:04", "15:04:05", "2 15:04"} {
		if t, err := time.Parse(layout, written); err == nil {
			day := noon.Day()
			if layout == "2 15:04" {
				day = t.Day()
			}
			return time.Date(2026, time.June, day, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
		}
	}
	panic("no time: " + written)
}

// state is a task that has occurred each hour since the morning. It was edited then, and the runner has looked at it
// since.
func state(changes ...func(*run.State)) run.State {
	s := run.State{Task: task.Task{Enabled: true, DateCreated: clock("00:00")}, LastEdit: clock("00:00")}
	s.Frequency, s.StartDate = task.FrequencyHourly, clock("06:00")
	for _, change := range changes {
		change(&s)
	}
	return s
}

type change = func(*run.State)

func next(at string) change        { return func(s *run.State) { s.Next = clock(at) } }
func last(at string) change        { return func(s *run.State) { s.Last = clock(at) } }
func start(at string) change       { return func(s *run.State) { s.StartDate = clock(at) } }
func finish(at string) change      { return func(s *run.State) { s.FinishDate = clock(at) } }
func missed(n int64) change        { return func(s *run.State) { s.Missed = n } }
func deleted(s *run.State)         { s.Deleted = true }
func disabled(s *run.State)        { s.Enabled = false }
func each(f task.Frequency) change { return func(s *run.State) { s.Frequency = f } }

// edited is a task with edits that no look has seen, the first and the last of them at these times.
func edited(first, last string) change {
	return func(s *run.State) { s.Edited, s.LastEdit = clock(first), clock(last) }
}

// off is a task that was disabled, and enabled again.
func off(at, on string) change {
	return func(s *run.State) { s.Off, s.On = clock(at), clock(on) }
}

func TestPlan(t *testing.T) {
	for _, rule := range []struct {
		name   string
		task   run.State
		now    string
		want   string
		missed int64
	}{
		{"a deleted task has no next occurrence", state(next("12:00"), deleted), "12:00", "", 0},
		{"a disabled task has no next occurrence", state(next("12:00"), disabled), "12:00", "", 0},
		{"what a disabled task has missed is kept", state(missed(3), disabled), "12:00", "", 3},

		{"Next stays where it is an occurrence", state(next("13:00"), last("12:00")), "12:01", "13:00", 0},
		{"Next is due at its time", state(next("12:00"), last("11:00")), "12:00", "12:00", 0},
		{"an edit does not swallow what was due before it", state(next("11:30"), last("10:30"), edited("11:31", "11:31")), "11:32", "11:30", 0},
		{"an edit replaces what is due after it", state(next("11:45"), last("10:45"), edited("11:31", "11:31")), "11:32", "12:00", 0},
		{"an edit repeats nothing: Next that was claimed does not stay", state(next("11:30"), last("11:30"), edited("11:31", "11:31")), "11:32", "12:00", 0},
		{"without an edit Next stays, occurrence or not", state(next("11:45"), last("11:00")), "11:32", "11:45", 0},
		{"an earlier occurrence than Next replaces it", state(next("15:00"), last("09:00"), edited("11:31", "11:31")), "11:32", "12:00", 0},
		{"Next before the new start does not stay", state(next("11:30"), edited("11:31", "11:31"), start("14:00")), "11:32", "14:00", 0},
		{"Next after the new finish does not stay", state(next("11:30"), edited("11:31", "11:31"), finish("11:29")), "11:32", "", 0},
		{"a finish in the past leaves Next within it", state(next("11:30"), edited("11:31", "11:31"), finish("11:30")), "11:32", "11:30", 0},

		{"planning starts from the edit", state(edited("11:31", "11:31")), "11:32", "12:00", 0},
		{"an occurrence at the very edit counts", state(edited("11:00", "11:00")), "11:00", "11:00", 0},
		{"planning starts from the first edit that no look has seen", state(edited("10:58", "11:02")), "11:03", "11:00", 0},
		{"but at most five minutes before the last one", state(edited("10:58", "11:06")), "11:07", "12:00", 0},
		{"planning starts after the last one claimed", state(last("11:00"), edited("10:58", "11:02")), "11:03", "12:00", 0},
		{"a task that was off starts from when it was enabled", state(off("09:30", "11:01"), edited("10:58", "11:02")), "11:03", "12:00", 0},
		{"a task that was always on starts from the edit, though it was enabled", state(off("", "11:01"), edited("10:58", "11:02")), "11:03", "11:00", 0},
		{"a start up to 60 seconds before the edit counts", state(start("11:00:01"), edited("11:01:00", "11:01:00")), "11:02", "11:00:01", 0},
		{"a start 60 seconds before the edit does not", state(start("11:00:00"), edited("11:01:00", "11:01:00")), "11:02", "12:00", 0},
		{"only the start has these seconds", state(start("10:00:30"), edited("11:00:40", "11:00:40")), "11:02", "12:00:30", 0},
		{"a start that was claimed does not count again", state(start("11:00:30"), last("11:00:30"), edited("11:00:40", "11:00:40")), "11:02", "12:00:30", 0},
		{"a task whose edits are unknown is planned from now on", state(func(s *run.State) { s.LastEdit = time.Time{} }), "11:32", "12:00", 0},

		{"of several missed occurrences the newest is taken", state(next("08:00"), last("07:00")), "12:10", "12:00", 4},
		{"what was missed before counts too", state(next("08:00"), last("07:00"), missed(2)), "12:10", "12:00", 6},
		{"a missed occurrence as old as the period is not caught up with", state(next("10:00"), last("09:00"), finish("10:30")), "11:00", "", 1},
		{"a missed occurrence that is younger is", state(next("10:00"), last("09:00"), finish("10:30")), "10:59", "10:00", 0},
		{"one as old as 24 hours is not", state(each(task.FrequencyWeekly), start("1 09:00"), next("1 09:00")), "2 09:00", "8 09:00", 1},
		{"one younger than 24 hours is", state(each(task.FrequencyWeekly), start("1 09:00"), next("1 09:00")), "2 08:59", "1 09:00", 0},
		{"what was due before an edit is run; newer ones count from the edit on",
			state(start("06:15"), next("09:30"), last("08:30"), edited("10:20", "10:20")), "12:20", "12:15", 2},
	} {
		t.Run(rule.name, func(t *testing.T) {
			got := rule.task.Plan(clock(rule.now))
			if want := clock(rule.want); got.Next != want || got.Missed != rule.missed {
				t.Errorf("got %s and %d missed, want %s and %d", got.Next, got.Missed, want, rule.missed)
			}
		})
	}
}

func TestWhatIsMissedIsCountedOnce(t *testing.T) {
	s := state(next("08:00"), last("07:00"))
	plan := s.Plan(clock("12:10"))
	if want := clock("11:00"); plan.Last != want {
		t.Fatalf("got %s as the last occurrence given up, want %s", plan.Last, want)
	}
	s.Next, s.Last, s.Missed = plan.Next, plan.Last, plan.Missed
	if again := s.Plan(clock("12:11")); again != plan {
		t.Errorf("got %+v from the plan, want it to stay %+v", again, plan)
	}
}
