package wire

import "strings"

// isoDate holds the parts of an ISO 8601 date as they are written. Those that are left out are empty.
type isoDate struct {
	year, month, day, hour, minute, second, fraction, offset string
}

// cutISO cuts a date into its parts: year first, padded or not, with hyphens or slashes; with or without a
// time, seconds, a fraction of any length and an offset. It does not look at their values. It does not use a
// regular expression because compiling one takes a noticeable part of a cold start.
func cutISO(s string) (d isoDate, ok bool) {
	c := cutter{rest: s}
	d.year = c.digits(4)
	separator := "-"
	if strings.HasPrefix(c.rest, "/") {
		separator = "/"
	}
	c.expect(separator)
	d.month = c.upToTwo()
	c.expect(separator)
	d.day = c.upToTwo()
	if c.timeFollows() {
		c.expect("Tt ")
		c.time(&d)
		if c.skip(".") {
			d.fraction = c.allDigits()
		}
	}
	c.skip(" ")
	d.offset = c.rest
	return d, !c.failed
}

// time takes hours, minutes and seconds, which may be missing.
func (c *cutter) time(d *isoDate) {
	d.hour = c.upToTwo()
	c.expect(":")
	d.minute = c.upToTwo()
	if c.skip(":") {
		d.second = c.upToTwo()
	} else if strings.HasPrefix(c.rest, ".") {
		c.failed = true
	}
}

// timeFollows distinguishes a time from an offset, both of which may follow a space.
func (c *cutter) timeFollows() bool {
	return strings.HasPrefix(c.rest, "T") || strings.HasPrefix(c.rest, "t") ||
		strings.HasPrefix(c.rest, " ") && leadingDigits(c.rest[1:]) > 0
}

// cutter cuts a text into digits and separators. When something is missing it continues, and
// remembers that it was.
type cutter struct {
	rest   string
	failed bool
}

// digits reads exactly n digits.
func (c *cutter) digits(n int) string {
	if leadingDigits(c.rest) < n {
		c.failed = true
		return ""
	}
	taken := c.rest[:n]
	c.rest = c.rest[n:]
	return taken
}

// upToTwo reads one or two digits.
func (c *cutter) upToTwo() string { return c.digits(max(1, min(2, leadingDigits(c.rest)))) }

// allDigits reads all digits that follow, at least one.
func (c *cutter) allDigits() string { return c.digits(max(1, leadingDigits(c.rest))) }

// skip reads one of the characters if it is next.
func (c *cutter) skip(oneOf string) bool {
	if c.rest == "" || strings.IndexByte(oneOf, c.rest[0]) < 0 {
		return false
	}
	c.rest = c.rest[1:]
	return true
}

func (c *cutter) expect(oneOf string) {
	if !c.skip(oneOf) {
		c.failed = true
	}
}

func leadingDigits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }
