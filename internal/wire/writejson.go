package wire

import (
	"bytes"
	"encoding/json"
)

// appendJSON writes the envelope as the original does: no indentation, null for what is null, and no
// escapes that JSON does not ask for.
func (e Envelope) appendJSON(b []byte) []byte {
	b = append(b, `{"Error":`...)
	if e.Failure == nil {
		b = append(b, "null"...)
	} else {
		b = appendObject(b, e.errorMembers())
	}
	b = append(b, `,"ResponseData":{"Identification":`...)
	if e.UserID == "" {
		b = append(b, "null"...)
	} else {
		b = appendObject(b, e.userMembers())
	}
	b = append(b, `,"Result":"`+e.result()+`","Detail":`...)
	switch {
	case e.Detail == nil:
		b = append(b, "null"...)
	case e.Shape.isList():
		b = appendArray(b, e.Detail.objects)
	default:
		b = appendObject(b, e.Detail.objects[0])
	}
	return append(b, "}}"...)
}

func appendArray(b []byte, entries [][]member) []byte {
	b = append(b, '[')
	for i, members := range entries {
		if i > 0 {
			b = append(b, ',')
		}
		if len(members) == 1 && members[0].name == "" {
			b = appendValue(b, members[0])
		} else {
			b = appendObject(b, members)
		}
	}
	return append(b, ']')
}

func appendObject(b []byte, members []member) []byte {
	b = append(b, '{')
	for i, m := range members {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `"`+m.name+`":`...)
		b = appendValue(b, m)
	}
	return append(b, '}')
}

func appendValue(b []byte, m member) []byte {
	switch {
	case m.isNull():
		return append(b, "null"...)
	case m.kind == memberBare:
		return append(b, m.text...)
	}
	return appendString(b, m.text)
}

// appendString leaves <, > and & as they are, unlike json.Marshal. Most strings need no encoding.
func appendString(b []byte, s string) []byte {
	if isPlain(s) {
		return append(append(append(b, '"'), s...), '"')
	}
	buffer := bytes.NewBuffer(b)
	encoder := json.NewEncoder(buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		panic(err) // a string always encodes
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))
}

// isPlain reports whether a string's JSON is the string itself in quotation marks.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}
