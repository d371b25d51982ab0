package wire

import (
	"strings"

	"accounttasks/internal/wellformed"
)

const responseRoot = "ResponseOfAccountTaskResponse"

// xmlText escapes what must be escaped, and the carriage return, which a reader would otherwise turn into a
// line feed (contract section 5.8).
var xmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")

// escaped is text as XML. What XML cannot carry is in no update, but may be in an item that other hands wrote.
func escaped(text string) string { return xmlText.Replace(wellformed.ReplaceForbiddenInXML(text)) }

// appendXML writes the envelope as the original does: no declaration, no indentation, Result before
// Identification, nothing for a null object or string.
func (e Envelope) appendXML(b []byte) []byte {
	b = append(b, `<`+responseRoot+` xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="`+schemaInstance+`">`...)
	if e.Failure != nil {
		b = appendElement(b, "Error", []member{
			{"ErrorCode", string(e.Failure.Code), memberText},
			{"ErrorReason", e.Failure.Reason, memberText},
		})
	}
	b = append(b, `<ResponseData><Result>`+e.result()+`</Result>`...)
	if e.UserID != "" {
		b = appendElement(b, "Identification", []member{{"UserId", e.UserID, memberText}})
	}
	if e.Detail != nil {
		b = appendElement(b, "Detail", detail(e.Detail, e.Now))
	}
	return append(b, `</ResponseData></`+responseRoot+`>`...)
}

func appendElement(b []byte, name string, members []member) []byte {
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
