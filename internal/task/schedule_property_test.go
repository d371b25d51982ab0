package task_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"accounttasks/internal/task"
)

// obvious lists the occurrences of a task by stepping from the anchor, one after the other.
func obvious(f task.Frequency, anchor, finish time.Time, upTo time.Time) []time.Time {
	var all []time.Time
	for n := 0; ; n++ {
		at, ok := obviousOccurrence(f, anchor, n)
		if !ok || at.Year() > 9999 || at.After(upTo) || !finish.IsZero() && at.After(finish) {
			return all
		}
		all = append(all, at)
	}
}

// obviousOccurrence walks from day to day where the calendar counts.
func obviousOccurrence(f task.Frequency, anchor time.Time, n int) (at time.Time, ok bool) {
	switch f {
	case task.FrequencyNone:
		return anchor, n == 0
	case task.FrequencyHourly:
		return anchor.Add(time.Duration(n) * time.Hour), true
	case task.FrequencyDaily:
		return anchor.AddDate(0, 0, n), true
	case task.FrequencyWeekly:
		return anchor.AddDate(0, 0, 7*n), true
	case task.FrequencyYearly:
		n *= 12
	}
	month := anchor.AddDate(0, 0, 1-anchor.Day()).AddDate(0, n, 0)
	at = month
	for at.Day() < anchor.Day() && at.AddDate(0, 0, 1).Month() == month.Month() {
		at = at.AddDate(0, 0, 1)
	}
	return at, true
}

// reach is how far from the anchor a drawn time may lie: a few thousand occurrences.
var reach = map[task.Frequency]time.Duration{
	task.FrequencyNone:    100 * 365 * 24 * time.Hour,
	task.FrequencyHourly:  100 * 24 * time.Hour,
	task.FrequencyDaily:   8 * 365 * 24 * time.Hour,
	task.FrequencyWeekly:  60 * 365 * 24 * time.Hour,
	task.FrequencyMonthly: 140 * 365 * 24 * time.Hour,
	task.FrequencyYearly:  140 * 365 * 24 * time.Hour,
}

// drawAnchor prefers the days that months and years differ in.
func drawAnchor(t *rapid.T) time.Time {
	year := rapid.OneOf(rapid.IntRange(2, 9999), rapid.IntRange(1890, 2110)).Draw(t, "year")
	month := rapid.IntRange(1, 12).Draw(t, "month")
	day := rapid.OneOf(rapid.IntRange(1, 31), rapid.IntRange(28, 31)).Draw(t, "day")
	tick := rapid.OneOf(rapid.Int64Range(0, 24*3600*1e7-1), rapid.SampledFrom([]int64{0, 1, 24*3600*1e7 - 1})).Draw(t, "tick of the day")
	first := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	day = min(day, first.AddDate(0, 1, -1).Day())
	return first.AddDate(0, 0, day-1).Add(time.Duration(tick) * task.DateResolution)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func TestAScheduleIsWhatSteppingGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		frequency := task.Frequency(rapid.IntRange(0, len(task.Frequencies)-1).Draw(t, "frequency"))
		anchor := drawAnchor(t)
		far := reach[frequency]
		drawTime := func(name string) time.Time {
			offset := rapid.OneOf(rapid.Int64Range(-int64(far)/100, int64(far)), rapid.Int64Range(-2, 2)).Draw(t, name)
			near := anchor
			if rapid.Bool().Draw(t, name+" near an occurrence") {
				near, _ = obviousOccurrence(frequency, anchor, rapid.IntRange(0, 300).Draw(t, name+"'s occurrence"))
				offset %= 3
			}
			return near.Add(time.Duration(offset) / task.DateResolution * task.DateResolution)
		}
		scheduled := task.Task{Definition: task.Definition{Frequency: frequency, StartDate: anchor}}
		if frequency != task.FrequencyNone && rapid.Bool().Draw(t, "without start") {
			scheduled.StartDate, scheduled.DateCreated = time.Time{}, anchor
		}
		if rapid.Bool().Draw(t, "finish") {
			scheduled.FinishDate = drawTime("finish")
		}
		from, to := drawTime("from"), drawTime("to")

		all := obvious(frequency, anchor, scheduled.FinishDate, later(from, to).AddDate(1, 1, 0))
		next := slices.IndexFunc(all, func(at time.Time) bool { return at.After(from) })
		var wantNext, wantLatest time.Time
		var wantBetween int64
		wantOccurs := false
		if next >= 0 {
			wantNext = all[next]
		}
		for _, at := range all {
			if !at.After(from) {
				wantLatest = at
			}
			if at.After(from) && !at.After(to) {
				wantBetween++
			}
			wantOccurs = wantOccurs || at.Equal(from)
		}
		schedule := scheduled.Schedule()
		if got := schedule.Next(from); got != wantNext {
			t.Fatalf("got the next occurrence %v, want %v", got, wantNext)
		}
		if got := schedule.Latest(from); got != wantLatest {
			t.Fatalf("got the latest occurrence %v, want %v", got, wantLatest)
		}
		if got := schedule.Between(from, to); got != wantBetween {
			t.Fatalf("got %d occurrences between, want %d", got, wantBetween)
		}
		if got := schedule.Occurs(from); got != wantOccurs {
			t.Fatalf("got Occurs %t, want %t", got, wantOccurs)
		}
	})
}

// TestAScheduleCountsThroughTheWholeCalendar counts through the whole calendar, which stepping would take days for.
func TestAScheduleCountsThroughTheWholeCalendar(t *testing.T) {
	first, last := at("0001-01-01T00:00:00.0000001Z"), at("9999-12-31T23:59:59.9999999Z")
	for frequency, want := range map[task.Frequency]int64{
		task.FrequencyHourly: 3_652_059 * 24, task.FrequencyDaily: 3_652_059, task.FrequencyWeekly: 521_723,
		task.FrequencyMonthly: 9999 * 12, task.FrequencyYearly: 9999, task.FrequencyNone: 1,
	} {
		schedule := task.Task{Definition: task.Definition{Frequency: frequency, StartDate: first}}.Schedule()
		if got := schedule.Between(time.Time{}, last); got != want {
			t.Errorf("%s: got %d occurrences from the year 1 to 9999, want %d", frequency, got, want)
		}
	}
}
