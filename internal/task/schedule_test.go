package task_test

import (
	"slices"
	"testing"
	"time"

	"accounttasks/internal/task"
)

// at reads a date of a test.
func at(written string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.Parse(layout, written); err == nil {
			return t
		}
	}
	panic("no date: " + written)
}

// dates reads the dates of a test; an empty text is the zero time.
func dates(written ...string) []time.Time {
	read := make([]time.Time, len(written))
	for i, date := range written {
		if date != "" {
			read[i] = at(date)
		}
	}
	return read
}

// scheduled is the schedule of a task with these dates, each of which may be empty.
func scheduled(f task.Frequency, created, start, finish string) task.Schedule {
	d := dates(created, start, finish)
	return task.Task{
		DateCreated: d[0],
		Definition:  task.Definition{Frequency: f, StartDate: d[1], FinishDate: d[2]},
	}.Schedule()
}

func TestUpcomingOccurrences(t *testing.T) {
	const last = "9999-12-31T23:59:59.9999999Z"
	for _, test := range []struct {
		name                   string
		frequency              task.Frequency
		created, start, finish string
		after                  string
		want                   []string // all there are, at most three
	}{
		{"NONE occurs at its start", task.FrequencyNone, "2026-01-01", "2026-06-04T03:45", "", "2026-01-02", []string{"2026-06-04T03:45"}},
		{"NONE occurs once", task.FrequencyNone, "2026-01-01", "2026-06-04T03:45", "", "2026-06-04T03:45", nil},
		{"NONE without a start never occurs", task.FrequencyNone, "2026-01-01", "", "", "2025-01-01", nil},
		{"hours from the creation", task.FrequencyHourly, "2026-01-01T00:30", "", "", "2026-01-01T00:30",
			[]string{"2026-01-01T01:30", "2026-01-01T02:30", "2026-01-01T03:30"}},
		{"the start is an occurrence", task.FrequencyDaily, "2020-01-01", "2026-02-28T23:59", "", "2026-02-01",
			[]string{"2026-02-28T23:59", "2026-03-01T23:59", "2026-03-02T23:59"}},
		{"weeks keep their day over a year's end", task.FrequencyWeekly, "", "2026-12-25", "", "2026-12-25T00:00:00.0000001Z",
			[]string{"2027-01-01", "2027-01-08", "2027-01-15"}},
		{"the 31st is clamped and does not drift", task.FrequencyMonthly, "", "2026-12-31T10:00", "", "2027-01-01",
			[]string{"2027-01-31T10:00", "2027-02-28T10:00", "2027-03-31T10:00"}},
		{"the 30th in a leap year", task.FrequencyMonthly, "", "2028-01-30", "", "2028-01-30", []string{"2028-02-29", "2028-03-30", "2028-04-30"}},
		{"29 February each year", task.FrequencyYearly, "", "2024-02-29", "", "2026-06-01", []string{"2027-02-28", "2028-02-29", "2029-02-28"}},
		{"1900 and 2100 are not leap years", task.FrequencyYearly, "", "1896-02-29", "", "2099-12-31", []string{"2100-02-28", "2101-02-28", "2102-02-28"}},
		{"a finish is included", task.FrequencyHourly, "", "2026-01-01", "2026-01-01T02:00", "2026-01-01", []string{"2026-01-01T01:00", "2026-01-01T02:00"}},
		{"a tick before an occurrence the finish excludes it", task.FrequencyHourly, "", "2026-01-01", "2026-01-01T01:59:59.9999999Z", "2026-01-01",
			[]string{"2026-01-01T01:00"}},
		{"start and finish are one moment", task.FrequencyYearly, "", "2026-01-01", "2026-01-01", "2025-01-01", []string{"2026-01-01"}},
		{"a finish before the start", task.FrequencyDaily, "", "2026-01-02", "2026-01-01", "2025-01-01", nil},
		{"a finish before the creation", task.FrequencyDaily, "2026-01-02", "", "2026-01-01", "2025-01-01", nil},
		{"from the year 1 to the end of time", task.FrequencyHourly, "", "0001-01-01T00:00:00.0000001Z", "", "9999-12-31T21:30",
			[]string{"9999-12-31T22:00:00.0000001Z", "9999-12-31T23:00:00.0000001Z"}},
		{"the last moment of the calendar", task.FrequencyYearly, "", "0001-12-31T23:59:59.9999999Z", "", "9998-12-31T23:59:59.9999998Z",
			[]string{"9998-12-31T23:59:59.9999999Z", last}},
		{"after the last moment", task.FrequencyYearly, "", "0001-12-31T23:59:59.9999999Z", "", last, nil},
		{"a start far ahead", task.FrequencyMonthly, "2026-01-01", "9999-10-31", "", "0001-01-01", []string{"9999-10-31", "9999-11-30", "9999-12-31"}},
		{"neither start nor creation: Mondays", task.FrequencyWeekly, "", "", "", "2026-11-26", []string{"2026-11-30", "2026-12-07", "2026-12-14"}},
		{"neither start nor creation: the first of a month", task.FrequencyMonthly, "", "", "", "2026-11-26", []string{"2026-12-01", "2027-01-01", "2027-02-01"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := scheduled(test.frequency, test.created, test.start, test.finish).Upcoming(at(test.after), 3)
			if want := dates(test.want...); !slices.EqualFunc(got, want, time.Time.Equal) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

func TestAScheduleIsExactToATick(t *testing.T) {
	daily := scheduled(task.FrequencyDaily, "", "2026-06-04T03:45:03.2545297Z", "")
	for _, test := range []struct {
		at     string
		occurs bool
		next   string
	}{
		{"2026-06-05T03:45:03.2545296Z", false, "2026-06-05T03:45:03.2545297Z"},
		{"2026-06-05T03:45:03.2545297Z", true, "2026-06-06T03:45:03.2545297Z"},
		{"2026-06-05T03:45:03.254529701Z", false, "2026-06-06T03:45:03.2545297Z"},
		{"2026-06-05T03:45:03.2545298Z", false, "2026-06-06T03:45:03.2545297Z"},
	} {
		if got := daily.Occurs(at(test.at)); got != test.occurs {
			t.Errorf("%s: got Occurs %t, want %t", test.at, got, test.occurs)
		}
		if got := daily.Next(at(test.at)); !got.Equal(at(test.next)) {
			t.Errorf("%s: got the next occurrence %s, want %s", test.at, got, test.next)
		}
	}
}

func TestAnOccurrenceIsTheSameInEveryTimeZone(t *testing.T) {
	zone := time.FixedZone("", -5*3600)
	monthly := task.Task{Definition: task.Definition{Frequency: task.FrequencyMonthly, StartDate: at("2026-02-01").In(zone)}}.Schedule()
	if got, want := monthly.Next(at("2026-02-01").In(zone)), at("2026-03-01"); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
