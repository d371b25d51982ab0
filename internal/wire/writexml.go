package wire

import (
	"strings"

	"accounttasks/internal/wellformed"
)

// xmlText escapes what must be escaped, and the carriage return, which a reader would otherwise turn into a
// line feed (contract section 5.8).
var xmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")

// escaped returns text as XML. Characters that XML cannot carry never come from an update, but another program may have stored them.
func escaped(text string) string { return xmlText.Replace(wellformed.ReplaceForbiddenInXML(text)) }

// appendXML writes the envelope as the original does: no declaration, no indentation, Result before
// Identification, nothing for a null object or string.
func (e Envelope) appendXML(b []byte) []byte {
	root := e.Shape.root()
	b = append(b, `<`+root+` xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="`+schemaInstance+`">`...)
	if e.Failure != nil {
		b = appendElement(b, "Error", e.errorMembers())
	}
	b = append(b, `<ResponseData><Result>`+e.result()+`</Result>`...)
	if e.UserID != "" {
		b = appendElement(b, "Identification", e.userMembers())
	}
	switch {
	case e.Detail == nil:
	case e.Shape.isList():
		b = appendList(b, e.Shape.entry, e.Detail.objects)
	default:
		b = appendElement(b, "Detail", e.Detail.objects[0])
	}
	return append(b, `</ResponseData></`+root+`>`...)
}

// appendList writes the Detail of a list.
func appendList(b []byte, entry string, entries [][]member) []byte {
	if len(entries) == 0 {
		return append(b, `<Detail />`...)
	}
	b = append(b, `<Detail>`...)
	for _, members := range entries {
		if len(members) == 1 && members[0].name == "" {
			b = append(b, `<`+entry+`>`+escaped(members[0].text)+`</`+entry+`>`...)
		} else {
			b = appendElement(b, entry, members)
		}
	}
	return append(b, `</Detail>`...)
}

func appendElement(b []byte, name string, members []member) []byte {
	if len(members) == 0 {
		return append(b, `<`+name+` />`...)
	}
	b = append(b, `<`+name+`>`...)
	for _, m := range members {
		switch {
		case !m.isNull():
			b = append(b, `<`+m.name+`>`+escaped(m.text)+`</`+m.name+`>`...)
		case m.kind == memberValue:
			b = append(b, `<`+m.name+` xsi:nil="true" />`...)
		}
	}
	return append(b, `</`+name+`>`...)
}
