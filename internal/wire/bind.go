package wire

import (
	"strconv"
	"strings"
	"time"

	"accounttasks/internal/task"
)

// kind is what sort of value a format gave to a field.
type kind int

const (
	absent   kind = iota // null or nil
	text                 // a string, or the content of an element, or what follows an equals sign
	number               // a JSON number, as written
	boolean              // a JSON true or false
	compound             // a JSON object or array, or an element that is more than text
)

// value is one field's value as a format gave it.
type value struct {
	kind kind
	text string
}

// dialect is what differs between the formats in reading a value.
type dialect struct {
	// member finds an enumeration's member, by name and where the format has it by number.
	member func(v value, members task.Enum) (int, bool)
	// flag reads a boolean.
	flag func(v value) (on, ok bool)
	// emptyFlag tells whether an empty boolean counts as left out.
	emptyFlag bool
}

// binder binds values to the fields of a draft.
type binder struct {
	dialect
	draft *task.UpdateRequest
}

// fieldNamed finds the body's field that same recognises.
func fieldNamed(same func(published string) bool) (task.Field, bool) {
	for _, f := range task.BodyFields {
		if same(f.String()) {
			return f, true
		}
	}
	return 0, false
}

// foldedASCII tells whether two names differ at most in the case of ASCII letters. Letters that only look
// alike under Unicode's folding, such as the Kelvin sign, stay different, as in the original.
func foldedASCII(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// bind gives the field the value that the caller sent under name. Binding a field again replaces its
// value; its problem stays. A field has one problem at most: a body could repeat a bad member until the
// answer that names each were larger than any gateway passes on.
func (b binder) bind(f task.Field, name string, v value) {
	b.draft.SetSentName(f, name)
	if !b.set(f, v) && !b.draft.Problems.Has(f) {
		b.draft.Problems.AddInvalid(f, name, v.inWords())
	}
}

// set reads the value; false means that it cannot be one of the field's.
func (b binder) set(f task.Field, v value) (ok bool) {
	d := b.draft
	switch f {
	case task.FieldEnabled:
		d.Enabled, ok = b.enabled(v)
	case task.FieldTaskID:
		d.TaskID, ok = ParseGUID(v.text)
		ok = ok && v.kind == text
	case task.FieldFrequency:
		var n int
		n, ok = b.member(v, task.Frequencies)
		d.Frequency = task.Frequency(n)
	case task.FieldStartDate:
		d.StartDate, ok = date(v)
	case task.FieldFinishDate:
		d.FinishDate, ok = date(v)
	case task.FieldParameters:
		d.Parameters, ok = v.asText()
	case task.FieldContentType:
		d.ContentType, ok = v.asText()
	case task.FieldNotification:
		if v.kind == absent {
			d.Notification = task.NotificationNone
			return true
		}
		var n int
		n, ok = b.member(v, task.Notifications)
		d.Notification = task.Notification(n)
	}
	return ok
}

func (b binder) enabled(v value) (*bool, bool) {
	if v.kind == absent || b.emptyFlag && v.isNothing() {
		return nil, true
	}
	on, ok := b.flag(v)
	return &on, ok
}

func date(v value) (time.Time, bool) {
	if v.isNothing() {
		return time.Time{}, true
	}
	if v.kind != text {
		return time.Time{}, false
	}
	return parseDate(v.text)
}

// orEmpty is the text, or the empty string where it is blank, in the formats that take one for the other.
func orEmpty(s string) value {
	if strings.TrimSpace(s) == "" {
		s = ""
	}
	return value{text, s}
}

func (v value) isNothing() bool { return v.kind == absent || v.kind == text && v.text == "" }

// asText takes numbers and booleans for text as they are written. Null reads as the empty string.
func (v value) asText() (string, bool) { return v.text, v.kind != compound }

// inWords names the value in a sentence. What an object or array holds is not repeated.
func (v value) inWords() string {
	switch v.kind {
	case absent:
		return "null"
	case text:
		if v.text == "" {
			return "empty"
		}
		return task.QuoteValue(v.text)
	case compound:
		return v.text
	}
	return task.Quote(v.text)
}

// memberByNameOrNumber takes a member's name in any case or its number as text, spaces around it allowed.
func memberByNameOrNumber(s string, members task.Enum) (int, bool) {
	s = strings.TrimSpace(s)
	if n, ok := members.Number(strings.ToUpper(s)); ok && isASCII(s) {
		return n, true
	}
	n, err := strconv.ParseInt(s, 10, 32)
	return int(n), err == nil && members.Defined(n)
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}

// trueOrFalse takes the two words in any case, spaces around them allowed.
func trueOrFalse(s string) (on, ok bool) {
	s = strings.TrimSpace(s)
	on = foldedASCII(s, "true")
	return on, on || foldedASCII(s, "false")
}
