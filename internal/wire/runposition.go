package wire

import (
	"strings"
	"time"

	"github.com/google/uuid"
)

// ParseRunPosition reads the place of a run in a list of runs (contract section 8): its Due and its RunID, with a comma
// between them.
func ParseRunPosition(s string) (due time.Time, runID uuid.UUID, ok bool) {
	comma := strings.LastIndex(s, ",") // RFC 1123 has one too
	if comma < 0 {
		return time.Time{}, uuid.Nil, false
	}
	due, dateOK := parseDate(withOffset(s[:comma]))
	runID, idOK := ParseGUID(s[comma+1:])
	return due, runID, dateOK && idOK
}

// withOffset restores the plus sign of an offset that was put into a query without escaping, where it is a space.
func withOffset(date string) string {
	if local, cut := strings.CutSuffix(date, " 00:00"); cut && strings.Contains(local, "T") {
		return local + "+00:00"
	}
	return date
}
