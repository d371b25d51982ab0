package task_test

import (
	"testing"
	"time"

	"accounttasks/internal/task"
)

func TestStatusAtTheBoundsOfASchedule(t *testing.T) {
	var none time.Time
	start, finish := noon, noon.Add(time.Hour)
	for _, test := range []struct {
		name          string
		disabled      bool
		start, finish time.Time
		now           time.Time
		want          task.Status
	}{
		{"no bounds", false, none, none, noon, task.StatusActive},
		{"a tick before the start", false, start, finish, start.Add(-task.DateResolution), task.StatusPending},
		{"at the start", false, start, finish, start, task.StatusActive},
		{"between", false, start, finish, start.Add(time.Minute), task.StatusActive},
		{"at the finish", false, start, finish, finish, task.StatusActive},
		{"a tick after the finish", false, start, finish, finish.Add(task.DateResolution), task.StatusFinished},
		{"before a start without a finish", false, start, none, start.Add(-1), task.StatusPending},
		{"after a start without a finish", false, start, none, start.AddDate(100, 0, 0), task.StatusActive},
		{"before a finish without a start", false, none, finish, finish.AddDate(-100, 0, 0), task.StatusActive},
		{"start and finish are one moment", false, start, start, start, task.StatusActive},
		{"in another time zone", false, start, finish, start.In(time.FixedZone("", -7200)), task.StatusActive},
		{"disabled before the start", true, start, finish, start.Add(-1), task.StatusDisabled},
		{"disabled within", true, start, finish, start, task.StatusDisabled},
		{"disabled after the finish", true, start, finish, finish.Add(1), task.StatusDisabled},
	} {
		t.Run(test.name, func(t *testing.T) {
			scheduled := task.Task{Enabled: !test.disabled, Definition: task.Definition{StartDate: test.start, FinishDate: test.finish}}
			if got := scheduled.Status(test.now); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestMembersAreThePublishedOnes(t *testing.T) {
	for _, test := range []struct {
		members task.Enum
		name    func(int) string
		want    []string
		list    string
	}{
		{task.Frequencies, func(n int) string { return task.Frequency(n).String() },
			[]string{"NONE", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"}, "NONE, HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY"},
		{task.Notifications, func(n int) string { return task.Notification(n).String() },
			[]string{"NONE", "ON_SUCCESS", "ON_FAILURE", "ALWAYS"}, "NONE, ON_SUCCESS, ON_FAILURE or ALWAYS"},
	} {
		for want, name := range test.want {
			if got, ok := test.members.Number(name); got != want || !ok {
				t.Errorf("%s has the number %d, %v, want %d", name, got, ok, want)
			}
			if got := test.name(want); got != name {
				t.Errorf("number %d is %s, want %s", want, got, name)
			}
		}
		count := int64(len(test.want))
		for n, want := range map[int64]bool{-1: false, 0: true, count - 1: true, count: false, 1 << 40: false} {
			if got := test.members.Defined(n); got != want {
				t.Errorf("Defined(%d) = %v, want %v", n, got, want)
			}
		}
		if got := test.members.List(); got != test.list {
			t.Errorf("got the list %q, want %q", got, test.list)
		}
	}
}

func TestMembersAreFoundByTheirExactName(t *testing.T) {
	for _, name := range []string{"", "daily", " DAILY", "DAILY, WEEKLY", "2"} {
		if got, ok := task.Frequencies.Number(name); ok {
			t.Errorf("Number(%q) = %d, want none", name, got)
		}
	}
}

func TestUndefinedNumberIsNotTakenForAMember(t *testing.T) {
	if got, want := task.Frequency(99).String(), "UNDEFINED(99)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDateIsWrittenInUTCWithTrimmedFraction(t *testing.T) {
	for _, test := range []struct {
		date time.Time
		want string
	}{
		{noon, "2026-06-04T12:00:00+00:00"},
		{noon.Add(254_529_700), "2026-06-04T12:00:00.2545297+00:00"},
		{noon.Add(250_000_000), "2026-06-04T12:00:00.25+00:00"},
		{noon.In(time.FixedZone("", 7200)), "2026-06-04T12:00:00+00:00"},
	} {
		if got := task.FormatDate(test.date); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}
