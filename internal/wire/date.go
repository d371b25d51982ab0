package wire

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"accounttasks/internal/task"
)

// The dates that .NET can hold, beyond which an offset must not carry one.
var (
	firstDate = time.Time{}
	lastDate  = time.Date(9999, time.December, 31, 23, 59, 59, 999_999_900, time.UTC)
)

// isoDate is ISO 8601 with or without a time, seconds, a fraction of any length and an offset.
var isoDate = regexp.MustCompile(`^(\d{4})-(\d\d)-(\d\d)` +
	`(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?` +
	` ?([Zz]|[+-]\d\d(?::?\d\d)?)?$`)

// netDate is the form in which .NET's older serializers wrote dates: milliseconds since 1970 in UTC. The
// offset behind them is the writer's and changes nothing.
var netDate = regexp.MustCompile(`^/Date\((-?\d{1,15})(?:[+-]\d{4})?\)/$`)

// parseDate reads a date in the forms of contract section 5.6, rounded to 100 ns. No offset means UTC.
func parseDate(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return fromISO(m)
	}
	if m := netDate.FindStringSubmatch(s); m != nil {
		ms, _ := strconv.ParseInt(m[1], 10, 64)
		t := time.UnixMilli(ms).UTC()
		return t, !t.Before(firstDate) && !t.After(lastDate)
	}
	return fromRFC1123(s)
}

func fromISO(m []string) (time.Time, bool) {
	year, month, day := digits(m[1]), digits(m[2]), digits(m[3])
	hour, minute, second, rest := digits(m[4]), digits(m[5]), digits(m[6]), fraction(m[7])
	endOfDay := hour == 24 && minute == 0 && second == 0 && rest == 0
	if year == 0 || hour > 23 && !endOfDay || minute > 59 || second > 59 {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Month() != time.Month(month) || t.Day() != day {
		return time.Time{}, false
	}
	t = t.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute +
		time.Duration(second)*time.Second + rest)
	offset, ok := offset(m[8])
	if !ok || t.After(lastDate) {
		return time.Time{}, false
	}
	return within(t.Add(-offset)), true
}

// digits reads a number that is known to be one; nothing is 0.
func digits(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// fraction reads the digits behind the point as nanoseconds, rounded to 100.
func fraction(s string) time.Duration {
	padded := s + "00000000"
	ticks := digits(padded[:7])
	if padded[7] >= '5' {
		ticks++
	}
	return time.Duration(ticks) * task.DateResolution
}

func offset(s string) (time.Duration, bool) {
	if s == "" || s == "Z" || s == "z" {
		return 0, true
	}
	figures := strings.Replace(s[1:], ":", "", 1) + "00"
	hours, minutes := digits(figures[:2]), digits(figures[2:4])
	d := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if s[0] == '-' {
		d = -d
	}
	return d, hours < 24 && minutes < 60
}

// within keeps a date that its offset carried out of .NET's range at the end of the range, as the original
// does.
func within(t time.Time) time.Time {
	switch {
	case t.Before(firstDate):
		return firstDate
	case t.After(lastDate):
		return lastDate
	}
	return t
}

// fromRFC1123 reads a date such as Thu, 04 Jun 2026 03:45:03 GMT. It must read the same when written again:
// the day of the week must be right, and there is no fraction.
func fromRFC1123(s string) (time.Time, bool) {
	for _, layout := range []string{"Mon, 02 Jan 2006 15:04:05 GMT", "Mon, 2 Jan 2006 15:04:05 GMT"} {
		t, err := time.Parse(layout, s)
		if err == nil && strings.EqualFold(t.Format(layout), s) {
			return t, !t.Before(firstDate)
		}
	}
	return time.Time{}, false
}
