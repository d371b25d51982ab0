package wire

import (
	"encoding/json"
	"strconv"
	"strings"

	"accounttasks/internal/task"
	"accounttasks/internal/wellformed"
)

// jsonDialect: enumerations by name in any case or by number, also as text; booleans also as text or as a
// number that is not zero.
var jsonDialect = dialect{
	member: func(v value, members task.Enum) (int, bool) {
		switch v.kind {
		case number:
			n, err := strconv.ParseInt(v.text, 10, 32)
			return int(n), err == nil && members.Defined(n)
		case text:
			return memberByNameOrNumber(v.text, members)
		}
		return 0, false
	},
	flag: func(v value) (on, ok bool) {
		switch v.kind {
		case boolean:
			return v.text == "true", true
		case number:
			return notZero(v.text)
		case text:
			return trueOrFalse(v.text)
		}
		return false, false
	},
	emptyFlag: true,
}

// notZero reads a number as a boolean. As in the original, an integer of more than 64 bits is none.
func notZero(number string) (on, ok bool) {
	if !strings.ContainsAny(number, ".eE") {
		n, err := strconv.ParseInt(number, 10, 64)
		return n != 0, err == nil
	}
	n, err := strconv.ParseFloat(number, 64)
	return n != 0, err == nil
}

// readJSON reads one RFC 8259 object, in whose strings line breaks and tabs may be unescaped: names in any case, unknown members ignored, the last duplicate wins.
func readJSON(body source, r request) error {
	want := "a JSON object with the fields of " + r.name
	content, _, err := body.text()
	if err != nil {
		return err
	}
	if wellformed.JSONDepth(content) > depthLimit {
		return malformed("The body cannot be nested more than %d levels deep: send %s.", depthLimit, want)
	}
	if err := wellformed.JSONWithBreaks(content); err != nil {
		return malformed("The body is not well-formed JSON (%v): send %s.", err, want)
	}
	if content = strings.TrimLeft(content, " \t\r\n"); content[0] != '{' {
		return malformed("The body cannot be %s: send %s.", bodyInWords(content), want)
	}
	bindObject(content, binder{jsonDialect, r})
	return nil
}

// bodyInWords describes a body that is not an object. It does not repeat text, which may hold Parameters.
func bodyInWords(content string) string {
	if content[0] == '"' {
		return "a string"
	}
	return jsonValue(strings.TrimRight(content, " \t\r\n")).inWords()
}

// bindObject binds the members of a well-formed object.
func bindObject(object string, b binder) {
	for name, raw := range wellformed.JSONMembers(object) {
		written := textOf(name)
		if slot, ok := b.slot(func(published string) bool { return foldedASCII(written, published) }); ok {
			b.bind(slot, written, jsonValue(raw))
		}
	}
}

func jsonValue(raw string) value {
	switch raw[0] {
	case '"':
		return value{text, textOf(raw)}
	case '{':
		return value{compound, "an object"}
	case '[':
		return value{compound, "an array"}
	case 'n':
		return value{kind: absent}
	case 't', 'f':
		return value{boolean, raw}
	}
	return value{number, raw}
}

// textOf is the text of a well-formed string, in which line breaks and tabs may be unescaped.
func textOf(raw string) (s string) {
	if !strings.Contains(raw, `\`) {
		return raw[1 : len(raw)-1]
	}
	if strings.ContainsAny(raw, "\t\r\n") {
		raw = escapeBreaks.Replace(raw)
	}
	if err := json.Unmarshal([]byte(raw), &s); err != nil {
		panic(err) // a well-formed string always decodes
	}
	return s
}

var escapeBreaks = strings.NewReplacer("\t", `\t`, "\r", `\r`, "\n", `\n`)
