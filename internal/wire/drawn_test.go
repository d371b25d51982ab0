package wire_test

import (
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"accounttasks/internal/task"
)

// body is an update as it travels.
type body struct {
	contentType string
	bytes       []byte
}

// part is a member, an element or a pair of a body as it is written.
type part struct {
	text string
	// field is the field that the part is read as; noField for what readers ignore.
	field task.Field
	// counts tells a field's own part from a duplicate that must lose against it.
	counts bool
}

// noField marks a part that is not a field of the body.
var noField = task.FieldID

// arrange shuffles the parts, so that of each field's parts the one that counts comes last, or first.
func arrange(t *rapid.T, parts []part, lastWins bool) []string {
	if len(parts) == 0 {
		return nil
	}
	shuffled := rapid.Permutation(parts).Draw(t, "order")
	for j := range shuffled {
		for i := range j {
			a, b := &shuffled[i], &shuffled[j]
			if a.field == b.field && a.field != noField && a.counts == lastWins {
				*a, *b = *b, *a
			}
		}
	}
	written := make([]string, len(shuffled))
	for i, p := range shuffled {
		written[i] = p.text
	}
	return written
}

// drawnGUID writes a GUID in one of the forms D, N, B and P.
func drawnGUID(t *rapid.T, id uuid.UUID) string {
	s := id.String()
	switch rapid.IntRange(0, 3).Draw(t, "GUID form") {
	case 1:
		s = strings.ReplaceAll(s, "-", "")
	case 2:
		s = "{" + s + "}"
	case 3:
		s = "(" + s + ")"
	}
	return padded(t, recased(t, s))
}

// recased changes the case of some letters.
func recased(t *rapid.T, s string) string {
	switch rapid.IntRange(0, 3).Draw(t, "case") {
	case 1:
		return strings.ToUpper(s)
	case 2:
		return strings.ToLower(s)
	case 3:
		return mapRunes(s, func(r rune) string {
			if flip(t, "upper") {
				r = unicode.ToUpper(r)
			}
			return string(r)
		})
	}
	return s
}

// padded puts white space around what is read without it.
func padded(t *rapid.T, s string) string {
	return oneOf(t, "before", "", "", " ", "\n\t") + s + oneOf(t, "after", "", "", " ", "\t\n")
}

func mapRunes(s string, spell func(rune) string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(spell(r))
	}
	return b.String()
}

// drawnNumber writes a member's number as text.
func drawnNumber(t *rapid.T, n int) string {
	return padded(t, oneOf(t, "sign", "", "+", "0", "00")+string(rune('0'+n)))
}

// encodings are the ways in which text becomes bytes, with the charset that declares each.
var encodings = []struct {
	charset, mark string
	order         binary.AppendByteOrder
}{
	{"", "", nil},
	{"", "\ufeff", nil},
	{"utf-8", "", nil},
	{"iso-8859-1", "", nil}, // read as UTF-8
	{"utf-16", "", binary.LittleEndian},
	{"utf-16", "\ufeff", binary.LittleEndian},
	{"utf-16", "\ufeff", binary.BigEndian},
	{"utf-16le", "", binary.LittleEndian},
	{"utf-16be", "\ufeff", binary.BigEndian},
}

// encode turns the text that write gives for a charset into a body of the media type.
func encode(t *rapid.T, mediaType string, write func(charset string) string) body {
	e := oneOf(t, "encoding", encodings...)
	text := e.mark + write(e.charset)
	contentType := recased(t, mediaType)
	if e.charset != "" {
		contentType += oneOf(t, "separator", ";", "; ", " ; ") + recased(t, "charset") + "=" + recased(t, e.charset)
	}
	if e.order == nil {
		return body{contentType, []byte(text)}
	}
	var encoded []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		encoded = e.order.AppendUint16(encoded, unit)
	}
	return body{contentType, encoded}
}
