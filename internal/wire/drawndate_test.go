package wire_test

import (
	"fmt"
	"strings"
	"time"

	"pgregory.net/rapid"
)

// drawnDate writes a date in one of the forms of contract section 5.6. The zero date, no bound, is .NET's
// zero date.
func drawnDate(t *rapid.T, when time.Time) string {
	forms := []func(*rapid.T, time.Time) string{drawnISO, drawnISO}
	if when.Nanosecond()%int(time.Millisecond) == 0 && !when.IsZero() {
		forms = append(forms, drawnNetDate)
	}
	if when.Nanosecond() == 0 && !when.IsZero() {
		forms = append(forms, drawnRFC1123)
	}
	return padded(t, oneOf(t, "date form", forms...)(t, when))
}

func drawnNetDate(t *rapid.T, when time.Time) string {
	return fmt.Sprintf("/Date(%d%s)/", when.UnixMilli(), oneOf(t, "offset", "", "+0000", "-0530", "+1400"))
}

// drawnRFC1123 writes a date to the second, or to the minute where that says all, in any case.
func drawnRFC1123(t *rapid.T, when time.Time) string {
	zone, offset := "GMT", time.Duration(0)
	if when.Year() > 1 && when.Year() < 9999 && flip(t, "numeric zone") {
		offset = time.Duration(rapid.IntRange(-14*60, 14*60).Draw(t, "offset")) * time.Minute
		zone = when.In(time.FixedZone("", int(offset.Seconds()))).Format("-0700")
	}
	layout := oneOf(t, "weekday", "Mon, ", "") + oneOf(t, "day", "02", "2") + " Jan 2006 15:04"
	if when.Second() != 0 || flip(t, "seconds") {
		layout += ":05"
	}
	return recased(t, when.Add(offset).Format(layout)+" "+zone)
}

func drawnISO(t *rapid.T, when time.Time) string {
	offset := time.Duration(rapid.IntRange(-14*60, 14*60).Draw(t, "offset")) * time.Minute
	if flip(t, "whole hours") {
		offset = offset.Truncate(time.Hour)
	}
	local := when.Add(offset)
	if local.Year() < 1 || local.Year() > 9999 {
		local, offset = when, 0
	}
	return drawnDay(t, drawnClock(t, local)) + drawnOffset(t, offset)
}

// drawnDay writes the day at the start of a date with slashes, or without padding.
func drawnDay(t *rapid.T, date string) string {
	year, month, rest := date[:4], date[5:7], date[8:]
	if flip(t, "unpadded") {
		month, rest = strings.TrimPrefix(month, "0"), strings.TrimPrefix(rest, "0")
	}
	separator := oneOf(t, "day separator", "-", "-", "/")
	return year + separator + month + separator + rest
}

// drawnClock writes day and time of day. Midnight may be the day alone, or 24:00 of the day before.
func drawnClock(t *rapid.T, local time.Time) string {
	day, clock := local.Format(time.DateOnly), local.Format(time.TimeOnly)
	separator := oneOf(t, "separator", "T", "T", "t", " ")
	fraction := drawnFraction(t, local.Nanosecond()/100)
	if clock == "00:00:00" && local.Nanosecond() == 0 {
		switch before := local.AddDate(0, 0, -1); rapid.IntRange(0, 3).Draw(t, "midnight") {
		case 0:
			return day
		case 1:
			if before.Year() > 0 {
				return before.Format(time.DateOnly) + separator + "24:00" + oneOf(t, "seconds", "", ":00", ":00.000")
			}
		}
	}
	if local.Second() == 0 && fraction == "" && flip(t, "no seconds") {
		clock = clock[:len("15:04")]
	}
	return day + separator + clock + fraction
}

// drawnFraction writes ticks with trailing zeros or without, or with more digits than are kept.
func drawnFraction(t *rapid.T, ticks int) string {
	digits := fmt.Sprintf("%07d", ticks)
	switch rapid.IntRange(0, 3).Draw(t, "fraction") {
	case 0:
		return "." + digits + oneOf(t, "rounded down", "0", "49", "000009999")
	case 1:
		if ticks > 0 {
			return fmt.Sprintf(".%07d", ticks-1) + oneOf(t, "rounded up", "5", "50", "999999")
		}
	case 2:
		return "." + digits
	}
	if ticks == 0 {
		return ""
	}
	return "." + strings.TrimRight(digits, "0")
}

func drawnOffset(t *rapid.T, offset time.Duration) string {
	minutes := int(offset.Minutes())
	if minutes == 0 && flip(t, "UTC") {
		return oneOf(t, "suffix", "", "Z", "z", "GMT", " GMT")
	}
	sign := '+'
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	layout := oneOf(t, "offset layout", "%c%02d:%02d", "%c%02d%02d")
	return fmt.Sprintf(layout, sign, minutes/60, minutes%60)
}
