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
		b = appendObject(b, []member{
			{"ErrorCode", string(e.Failure.Code), memberText},
			{"ErrorReason", e.Failure.Reason, memberText},
		})
	}
	b = append(b, `,"ResponseData":{"Identification":`...)
	if e.UserID == "" {
		b = append(b, "null"...)
	} else {
		b = appendObject(b, []member{{"UserId", e.UserID, memberText}})
	}
	b = append(b, `,"Result":"`+e.result()+`","Detail":`...)
	if e.Detail == nil {
		b = append(b, "null"...)
	} else {
		b = appendObject(b, detail(e.Detail, e.Now))
	}
	return append(b, "}}"...)
}

func appendObject(b []byte, members []member) []byte {
	for i, m := range members {
		b = append(b, `{,`[min(i, 1)])
		b = append(b, `"`+m.name+`":`...)
		switch {
		case m.isNull():
			b = append(b, "null"...)
		case m.kind == memberFlag:
			b = append(b, m.text...)
		default:
			b = appendString(b, m.text)
		}
	}
	return append(b, '}')
}

// appendString leaves <, > and & as they are, unlike json.Marshal. Most strings need no encoder.
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

// isPlain tells whether a string's JSON is the string itself between quotation marks.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}
