package wire

import "time"

// ParseDate reads a date in the forms of contract section 5.6; ok is false where it is none.
func ParseDate(s string) (date time.Time, ok bool) { return parseDate(s) }
