package wire

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"accounttasks/internal/task"
)

// formDialect: enumerations by name in any case or by number, booleans by word in any case.
var formDialect = dialect{
	member: func(v value, members task.Enum) (int, bool) { return memberByNameOrNumber(v.text, members) },
	flag:   func(v value) (on, ok bool) { return trueOrFalse(v.text) },

	emptyFlag: true,
}

// readForm reads name=value pairs between ampersands: names in any case, the first value wins, a blank value is
// empty. The bytes are UTF-8, whatever charset is declared, as in the original. A body in which nothing is a field
// is probably in another format, and the error says so (contract section 5.25).
func readForm(body source, r request) error {
	content := strings.TrimPrefix(string(body.bytes), byteOrderMark)
	if !utf8.ValidString(content) {
		return errUndecodedForm
	}
	err := bindPairs(content, binder{formDialect, r})
	if other := likelyType(content); other != "" && !slices.ContainsFunc(r.slots, func(slot task.Slot) bool { return r.reading.Sent(slot.Field) }) {
		return malformed("The body was read as a form, as its Content-Type says, but begins with %s: send it with the Content-Type %s.", content[:1], other)
	}
	return err
}

var errUndecodedForm = malformed("The body cannot be decoded: send UTF-8.")

// likelyType is the media type that a body's first character suggests, if it is not a form's.
func likelyType(content string) string {
	switch content[0] {
	case '{', '[':
		return task.ContentTypeJSON
	case '<':
		return task.ContentTypeXML
	}
	return ""
}

func bindPairs(content string, b binder) error {
	for name, v := range FormPairs(content) {
		if !utf8.ValidString(name) || !utf8.ValidString(v) {
			return malformed("The body is not a well-formed form (%s does not decode as UTF-8): send UTF-8.", task.Quote(strings.ToValidUTF8(name, "\ufffd")))
		}
		plain, ok := plainName(name)
		if !ok {
			return malformed("The body is not a well-formed form (the name %s has a [ without its ]): send names without brackets.", task.QuoteValue(name))
		}
		slot, ok := b.slot(func(published string) bool { return foldedASCII(plain, published) })
		if ok && !b.reading.Sent(slot.Field) {
			b.bind(slot, name, orEmpty(v))
		}
	}
	return nil
}

// FormPairs yields the unescaped names and values of a form, without empty pairs and a byte order mark. As in the
// original every text is a form: only an ampersand ends a pair, and a percent sign that begins no escape stays.
func FormPairs(form string) iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		for pair := range strings.SplitSeq(strings.TrimPrefix(form, byteOrderMark), "&") {
			if pair == "" {
				continue
			}
			name, value, _ := strings.Cut(pair, "=")
			if !yield(unescapeForm(name), unescapeForm(value)) {
				return
			}
		}
	}
}

// plainName removes empty brackets, with which some scripts mark lists, from the end of a name: Frequency[] is
// Frequency. A bracket that is not closed makes the form unreadable, whatever the name.
func plainName(name string) (plain string, ok bool) {
	for rest := name; ; {
		open := strings.IndexByte(rest, '[')
		if open < 0 {
			break
		}
		length := strings.IndexByte(rest[open:], ']')
		if length < 0 {
			return "", false
		}
		rest = rest[open+length+1:]
	}
	return strings.ReplaceAll(name, "[]", ""), true
}

// unescapeForm turns + into a space and %XX into a byte. A percent sign that does not begin an escape stays
// as it is, as in the original.
func unescapeForm(s string) string {
	if !strings.ContainsAny(s, "+%") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+':
			b.WriteByte(' ')
		case s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteByte(unhex(s[i+1])<<4 | unhex(s[i+2]))
			i += 2
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return lower(c) - 'a' + 10
}
