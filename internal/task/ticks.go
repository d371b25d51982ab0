package task

import "time"

// ticks is a time as a number of 100 ns since the beginning of the year 1. A time.Duration is too small for
// the difference of two dates of the contract.
type ticks int64

const (
	ticksPerSecond = ticks(time.Second / DateResolution)
	ticksPerHour   = 3600 * ticksPerSecond
)

// yearOne is the beginning of the year 1 in Unix time.
var yearOne = time.Time{}.Unix()

// lastTick is the latest time that a date of the contract can hold.
var lastTick = ticksOf(time.Date(10000, time.January, 1, 0, 0, 0, 0, time.UTC)) - 1

// ticksOf cuts off what is smaller than a tick.
func ticksOf(t time.Time) ticks {
	return ticks(t.Unix()-yearOne)*ticksPerSecond + ticks(t.Nanosecond())/ticks(DateResolution)
}

func (t ticks) time() time.Time {
	return time.Unix(yearOne+int64(t/ticksPerSecond), int64(t%ticksPerSecond)*int64(DateResolution)).UTC()
}

// addMonths moves a time to another month, and to its last day where it lacks the time's own.
func (t ticks) addMonths(months int64) ticks {
	from := t.time()
	year, month, day := from.Date()
	month += time.Month(months)
	if last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day(); day > last {
		day = last
	}
	sinceMidnight := t % (24 * ticksPerHour)
	return ticksOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC)) + sinceMidnight
}

// monthsBetween counts the months from the month of one time to that of another.
func monthsBetween(from, to ticks) int64 {
	a, b := from.time(), to.time()
	return int64(b.Year()-a.Year())*12 + int64(b.Month()) - int64(a.Month())
}
