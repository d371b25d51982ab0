package cutover

import "time"

// Definition is a task as callers define it, in the words of the files.
type Definition struct {
	Enabled     bool
	TaskID      string
	Frequency   string // NONE, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY
	StartDate   *time.Time
	FinishDate  *time.Time
	Parameters  string
	ContentType string
}

// occurrence is occurrence n of a frequency, counted from its anchor.
func occurrence(frequency string, anchor time.Time, n int) (at time.Time, exists bool) {
	switch frequency {
	case "HOURLY":
		return anchor.Add(time.Duration(n) * time.Hour), true
	case "DAILY":
		return anchor.AddDate(0, 0, n), true
	case "WEEKLY":
		return anchor.AddDate(0, 0, 7*n), true
	case "MONTHLY":
		return addMonths(anchor, n), true
	case "YEARLY":
		return addMonths(anchor, 12*n), true
	}
	return anchor, n == 0
}

// addMonths keeps the day, or takes the last one of a shorter month.
func addMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// shortly is a number of an occurrence before a time, so that stepping does not begin years before it.
func shortly(frequency string, anchor, from time.Time) int {
	days := map[string]float64{"HOURLY": 1. / 24, "DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[frequency]
	if days == 0 {
		return 0
	}
	return max(0, int(from.Sub(anchor).Hours()/24/days)-1)
}

// Occurrences are those of a task that was created at a time, from one time to before another, found by stepping from the
// anchor. A disabled task has none.
func (d Definition) Occurrences(created, from, to time.Time) (all []time.Time) {
	anchor := created
	switch {
	case d.StartDate != nil:
		anchor = *d.StartDate
	case d.Frequency == "NONE":
		return nil
	}
	if !d.Enabled {
		return nil
	}
	for n := shortly(d.Frequency, anchor, from); ; n++ {
		at, exists := occurrence(d.Frequency, anchor, n)
		if !exists || !at.Before(to) || d.FinishDate != nil && at.After(*d.FinishDate) {
			return all
		}
		if !at.Before(from) {
			all = append(all, at)
		}
	}
}
