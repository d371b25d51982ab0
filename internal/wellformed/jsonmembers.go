package wellformed

import (
	"iter"
	"strings"
)

// jsonSpace is the white space of RFC 8259.
const jsonSpace = " \t\r\n"

// JSONMembers walks the members of an object in their order and gives each name and value as it is written.
// The text must be well formed and begin with the object's brace.
func JSONMembers(object string) iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		rest := strings.TrimLeft(object[1:], jsonSpace)
		for rest[0] != '}' {
			end := endOfValue(rest)
			name := rest[:end]
			rest = strings.TrimLeft(rest[end:], jsonSpace+":")
			end = endOfValue(rest)
			if !yield(name, rest[:end]) {
				return
			}
			rest = strings.TrimLeft(rest[end:], jsonSpace+",")
		}
	}
}

// endOfValue returns the position after the value at the start of text.
func endOfValue(text string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			if i = endOfString(text, i); depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return i
			}
		}
	}
	return len(text)
}
