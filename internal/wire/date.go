package wire

import (
	"strconv"
	"strings"
	"time"

	"accounttasks/internal/task"
)

// The earliest and latest dates that .NET can hold.
var (
	firstDate = time.Time{}
	lastDate  = time.Date(9999, time.December, 31, 23, 59, 59, 999_999_900, time.UTC)
)

// parseDate reads a date in the forms of contract section 5.6, rounded to 100 ns. No offset means UTC.
func parseDate(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if d, ok := cutISO(s); ok {
		return d.time()
	}
	if inner, ok := strings.CutPrefix(s, "/Date("); ok {
		return fromNet(inner)
	}
	return fromRFC1123(s)
}

// fromNet reads the form in which .NET's older serializers wrote dates, /Date(ms±hhmm)/, from after its opening
// bracket: milliseconds since 1970 in UTC. The offset is the writer's and changes nothing.
func fromNet(s string) (time.Time, bool) {
	inner, closed := strings.CutSuffix(s, ")/")
	positive, negative := strings.CutPrefix(inner, "-")
	c := cutter{rest: positive}
	written := c.allDigits()
	if c.skip("+-") {
		c.digits(4)
	}
	if !closed || c.failed || c.rest != "" || len(written) > 15 {
		return time.Time{}, false
	}
	ms := int64(digits(written))
	if negative {
		ms = -ms
	}
	t := time.UnixMilli(ms).UTC()
	return t, !t.Before(firstDate) && !t.After(lastDate)
}

func (d isoDate) time() (time.Time, bool) {
	year, month, day := digits(d.year), digits(d.month), digits(d.day)
	hour, minute, second, rest := digits(d.hour), digits(d.minute), digits(d.second), fraction(d.fraction)
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
	offset, ok := offset(d.offset)
	if !ok || t.After(lastDate) {
		return time.Time{}, false
	}
	if t.Equal(firstDate) {
		// .NET's zero date with any offset: a client in New York reads it and sends it back with -04:57.
		return firstDate, true
	}
	return clamp(t.Add(-offset)), true
}

// digits reads a number that is known to be one; the empty string is 0.
func digits(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// fraction reads the digits after the point as nanoseconds, rounded to 100.
func fraction(s string) time.Duration {
	padded := s + "00000000"
	ticks := digits(padded[:7])
	if padded[7] >= '5' {
		ticks++
	}
	return time.Duration(ticks) * task.DateResolution
}

// offset reads Z, GMT or a distance from UTC. The empty string means UTC.
func offset(s string) (d time.Duration, ok bool) {
	if s == "" || foldedASCII(s, "z") || foldedASCII(s, "gmt") {
		return 0, true
	}
	c := cutter{rest: s[1:]}
	hours, minutes := digits(c.digits(2)), 0
	if c.rest != "" {
		c.skip(":")
		minutes = digits(c.digits(2))
	}
	d = time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if s[0] == '-' {
		d = -d
	}
	ok = !c.failed && c.rest == "" && (s[0] == '+' || s[0] == '-') && hours < 24 && minutes < 60
	return d, ok
}

// clamp moves a date that its offset took out of .NET's range to the limit of the range, as the original does.
func clamp(t time.Time) time.Time {
	switch {
	case t.Before(firstDate):
		return firstDate
	case t.After(lastDate):
		return lastDate
	}
	return t
}

// months are the names of the months in RFC 1123, in lower case.
const months = "jan feb mar apr may jun jul aug sep oct nov dec "

// fromRFC1123 reads a date such as Thu, 04 Jun 2026 03:45:03 GMT, in any case. The weekday and the seconds may be
// missing, and the zone may be a number. A weekday must be right.
func fromRFC1123(s string) (time.Time, bool) {
	if len(s) > len("Thu, 04 Jun 2026 03:45:03 +02:00") {
		return time.Time{}, false
	}
	weekday, rest, named := strings.Cut(strings.ToLower(s), ", ")
	if !named {
		rest = weekday
	}
	c := cutter{rest: rest}
	var d isoDate
	d.day = c.upToTwo()
	c.expect(" ")
	month, rest, _ := strings.Cut(c.rest, " ")
	at := strings.Index(months, month+" ")
	if len(month) != 3 || at < 0 {
		return time.Time{}, false
	}
	d.month = strconv.Itoa(at/4 + 1)
	c.rest = rest
	d.year = c.digits(4)
	c.expect(" ")
	c.time(&d)
	c.expect(" ")
	d.offset = c.rest
	if c.failed || d.offset == "" {
		return time.Time{}, false
	}
	t, ok := d.time()
	return t, ok && (!named || strings.EqualFold(weekday, d.weekday()))
}

// weekday is the first three letters of the name of the day.
func (d isoDate) weekday() string {
	day := time.Date(digits(d.year), time.Month(digits(d.month)), digits(d.day), 0, 0, 0, 0, time.UTC)
	return day.Weekday().String()[:3]
}
