package wire

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// kind is the kind of value that a body holds for a field.
type kind int

const (
	absent   kind = iota // null or nil
	text                 // a string, or the content of an element, or what follows an equals sign
	number               // a JSON number, as written
	boolean              // a JSON true or false
	compound             // a JSON object or array, or an element that is more than text
)

// value is one field's value as the body holds it.
type value struct {
	kind kind
	text string
}

// dialect holds the differences between the formats in reading a value.
type dialect struct {
	// member finds an enumeration's member, by name and where the format has it by number.
	member func(v value, members task.Enum) (int, bool)
	// flag reads a boolean.
	flag func(v value) (on, ok bool)
	// emptyFlag says whether an empty boolean counts as left out.
	emptyFlag bool
}

// request is a body of the contract while it is read into its fields.
type request struct {
	// name is the published name of the body, which is the name of its XML root.
	name    string
	slots   []task.Slot
	reading *task.Reading
}

// article returns the name after its indefinite article.
func (r request) article() string {
	if strings.ContainsAny(r.name[:1], "AEIOU") {
		return "an " + r.name
	}
	return "a " + r.name
}

// slot finds the field whose published name satisfies same.
func (r request) slot(same func(published string) bool) (task.Slot, bool) {
	for _, slot := range r.slots {
		if same(slot.Field.String()) {
			return slot, true
		}
	}
	return task.Slot{}, false
}

// binder binds values to the fields of a request.
type binder struct {
	dialect
	request
}

// foldedASCII reports whether two names differ at most in the case of ASCII letters. Letters that only look
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

// bind returns the field the value that the caller sent under name. Binding a field again replaces its
// value; its problem stays. A field has at most one problem: a body could repeat a bad member until the
// response that names each became larger than a gateway forwards.
func (b binder) bind(slot task.Slot, name string, v value) {
	b.reading.SetSentName(slot.Field, name)
	if !b.set(slot, v) && !b.reading.Problems.Has(slot.Field) {
		b.reading.Problems.AddInvalid(slot.Field, name, v.inWords())
	}
}

// set reads the value by the type of the slot; false means that the value is not valid for the field.
func (b binder) set(slot task.Slot, v value) (ok bool) {
	switch place := slot.Value.(type) {
	case **bool:
		*place, ok = b.nullableFlag(v)
	case *uuid.UUID:
		*place, ok = ParseGUID(v.text)
		ok = ok && v.kind == text
	case *time.Time:
		*place, ok = date(v)
	case *string:
		*place, ok = v.asText()
	case task.Enumerated:
		var number int
		if number, ok = b.member(v, place.Enum()); v.kind == absent && slot.Field.Nullable() {
			number, ok = 0, true
		}
		place.SetNumber(number)
	}
	return ok
}

func (b binder) nullableFlag(v value) (*bool, bool) {
	if v.kind == absent || b.emptyFlag && v.isEmpty() {
		return nil, true
	}
	on, ok := b.flag(v)
	return &on, ok
}

func date(v value) (time.Time, bool) {
	if v.isEmpty() {
		return time.Time{}, true
	}
	if v.kind != text {
		return time.Time{}, false
	}
	return parseDate(v.text)
}

// orEmpty returns the text, or the empty string if it is blank, for the formats that treat both alike.
func orEmpty(s string) value {
	if strings.TrimSpace(s) == "" {
		s = ""
	}
	return value{text, s}
}

// isEmpty reports whether the value is null or the empty string.
func (v value) isEmpty() bool { return v.kind == absent || v.kind == text && v.text == "" }

// asText accepts numbers and booleans as text, as they are written. Null reads as the empty string.
func (v value) asText() (string, bool) { return v.text, v.kind != compound }

// inWords describes the value in a sentence. It does not repeat the content of an object or array.
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

// memberByNameOrNumber accepts a member's name in any case, or its number as text, with spaces around it.
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

// trueOrFalse accepts the two words in any case, with spaces around them.
func trueOrFalse(s string) (on, ok bool) {
	s = strings.TrimSpace(s)
	on = foldedASCII(s, "true")
	return on, on || foldedASCII(s, "false")
}
