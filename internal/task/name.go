package task

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameLimit is how many bytes of UTF-8 the name of a user, a client or a catalogue entry may have. Names are stored
// beside the Parameters of a task.
const nameLimit = 256

// nameProblem says what is wrong with a name, without repeating it; it is empty for a valid name. U+FFFD replaces
// bytes that were not UTF-8, so the original name is lost.
func nameProblem(name string) string {
	isUnprintable := func(r rune) bool { return !unicode.IsPrint(r) }
	switch {
	case strings.TrimSpace(name) == "":
		return "is empty"
	case len(name) > nameLimit:
		return fmt.Sprintf("has %d bytes", len(name))
	case !utf8.ValidString(name), strings.ContainsRune(name, utf8.RuneError):
		return "was not written in UTF-8"
	case strings.ContainsFunc(name, isUnprintable):
		return "has a character that cannot be printed"
	}
	return ""
}
