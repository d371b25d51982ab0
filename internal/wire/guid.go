package wire

import (
	"strings"

	"github.com/google/uuid"
)

// guidLayouts are what may surround the hyphenated form: nothing (D), braces (B), parentheses (P).
var guidLayouts = [...]struct{ before, after string }{{"", ""}, {"{", "}"}, {"(", ")"}}

// ParseGUID reads a GUID in the forms D, N, B and P in any case, spaces around it allowed (contract
// section 5.7).
func ParseGUID(s string) (uuid.UUID, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range guidLayouts {
		inner, opened := strings.CutPrefix(s, layout.before)
		inner, closed := strings.CutSuffix(inner, layout.after)
		if opened && closed && len(inner) == 36 {
			return parsed(inner)
		}
	}
	if len(s) == 32 {
		return parsed(s)
	}
	return uuid.Nil, false
}

// parsed reads the two forms in which the library checks every character.
func parsed(s string) (uuid.UUID, bool) {
	id, err := uuid.Parse(s)
	return id, err == nil
}
