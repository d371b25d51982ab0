package wire_test

import (
	"fmt"
	"strings"
)

// hostileBody is a body that is made to be expensive to read, in any size.
type hostileBody struct {
	name, contentType string
	of                func(size int) string
}

// between repeats the part that of gives for each number between two ends.
func between(before string, of func(i int) string, after string) func(size int) string {
	return func(size int) string { return filled(size, before, of, after) }
}

// filled is between for one size.
func filled(size int, before string, of func(i int) string, after string) string {
	var b strings.Builder
	b.WriteString(before)
	for i := 0; b.Len() < size-len(after)-32; i++ {
		b.WriteString(of(i))
	}
	return b.String() + after
}

// same returns one part for every number.
func same(part string) func(int) string { return func(int) string { return part } }

// numbered returns parts with their number in them.
func numbered(format string) func(int) string {
	return func(i int) string { return fmt.Sprintf(format, i) }
}

const (
	root = "<AccountTaskUpdateRequest>"
	end  = "</AccountTaskUpdateRequest>"
)

// hostileBodies hold as much as possible of one thing each.
var hostileBodies = []hostileBody{
	{"JSON members", jsonType, between(`{`, numbered(`"a%d":1,`), `"b":1}`)},
	{"JSON duplicates", jsonType, between(`{`, numbered(`"Frequency":%d,`), `"b":1}`)},
	{"JSON duplicate dates", jsonType, between(`{`, numbered(`"StartDate":"Thu, 4 Jun %d",`), `"b":1}`)},
	{"JSON duplicate GUIDs", jsonType, between(`{`, same(`"TaskID":"{`+reportID+`}",`), `"b":1}`)},
	{"JSON duplicate texts", jsonType, between(`{`, same(`"Parameters":"\n",`), `"b":1}`)},
	{"JSON escaped names", jsonType, between(`{`, same(`"\u0041":1,`), `"b":1}`)},
	{"JSON name", jsonType, between(`{"`, same(`\u0041`), `":1}`)},
	{"JSON text", jsonType, between(`{"Parameters":"`, same(`\ud83d\ude00`), `"}`)},
	{"JSON raw line breaks", jsonType, between(`{"Parameters":"`, same("\r\n\t"), `"}`)},
	{"JSON raw and escaped line breaks", jsonType, between(`{"Parameters":"`, same("\n\\n"), `"}`)},
	{"JSON number", jsonType, between(`{"Enabled":`, same(`9`), `}`)},
	{"JSON enum number", jsonType, between(`{"Frequency":"`, same(`0`), `2"}`)},
	{"JSON fraction", jsonType, between(`{"StartDate":"2026-01-01T00:00:00.`, same(`9`), `Z"}`)},
	{"JSON date", jsonType, between(`{"StartDate":"/Date(`, same(`9`), `)/"}`)},
	{"JSON date of spaces", jsonType, between(`{"StartDate":"2026-01-01`, same(` `), `x"}`)},
	{"JSON spaces", jsonType, between(`{`, same("\n"), `}`)},
	{"JSON wide", jsonType, between(`{"a":[`, same("[],"), `[]]}`)},
	{"JSON deep and wide", jsonType, between(`{"a":[`, same(strings.Repeat("[", 250)+strings.Repeat("]", 250)+","), `[]]}`)},
	{"JSON broken at its end", jsonType, between(`{"a":"`, same(`x`), `"`)},
	{"JSON backslashes", jsonType, between(`{"a":"`, same(`\\`), `"}`)},

	{"XML long namespace", xmlType, longNamespace},
	{"XML long namespace of elements", xmlType, func(size int) string {
		return filled(size, `<AccountTaskUpdateRequest xmlns:a="`+strings.Repeat("u", size/2)+`">`, same("<a:b/>"), end)
	}},
	{"XML long prefix", xmlType, func(size int) string {
		prefix := strings.Repeat("p", size/8)
		return `<AccountTaskUpdateRequest xmlns:` + prefix + `="u">` + strings.Repeat("<"+prefix+`:a x="1"/>`, 6) + end
	}},
	{"XML elements", xmlType, between(root, same(`<a/>`), end)},
	{"XML duplicates", xmlType, between(root, same(`<Enabled>x</Enabled>`), end)},
	{"XML attributes", xmlType, between(`<AccountTaskUpdateRequest `, numbered(`a%d="" `), `/>`)},
	{"XML elements with attributes", xmlType, between(`<AccountTaskUpdateRequest `+attributes(1000)+`>`, same("<a "+attributes(9)+"/>"), end)},
	{"XML prefixes", xmlType, between(`<AccountTaskUpdateRequest `, numbered(`xmlns:a%d="u" `), `/>`)},
	{"XML namespaces", xmlType, between(`<AccountTaskUpdateRequest `, numbered(`xmlns:a%d="u%[1]d" `), `/>`)},
	{"XML one prefix", xmlType, between(root, same(`<a xmlns:p="u"/>`), end)},
	{"XML deep scopes", xmlType, between(root, same(strings.Repeat(`<a xmlns:p="u">`, 250)+strings.Repeat("</a>", 250)), end)},
	{"XML references", xmlType, between(root+`<Parameters>`, same(`&#x41;`), `</Parameters>`+end)},
	{"XML long reference", xmlType, between(root+`<Parameters>&#`, same(`0`), `65;</Parameters>`+end)},
	{"XML entities", xmlType, between(root+`<Parameters>`, same(`&lt;`), `</Parameters>`+end)},
	{"XML long entity", xmlType, between(root+`<Parameters>&`, same(`a`), `;</Parameters>`+end)},
	{"XML ampersands", xmlType, between(root+`<Parameters>`, same(`&`), `;</Parameters>`+end)},
	{"XML carriage returns", xmlType, between(root+`<Parameters>`, same("\r"), `</Parameters>`+end)},
	{"XML attribute of line ends", xmlType, between(`<AccountTaskUpdateRequest a="`, same("\r\n"), `"/>`)},
	{"XML sections", xmlType, between(root+`<Parameters>`, same(`<![CDATA[]]>`), `</Parameters>`+end)},
	{"XML comments", xmlType, between(root+`<Parameters>`, same(`<!---->`), `</Parameters>`+end)},
	{"XML name", xmlType, between(`<`, same(`a`), `/>`)},
	{"XML names beyond ASCII", xmlType, between(root, same("<\u0370\u0371/>"), end)},
	{"XML instructions", xmlType, between(root, same(`<?a?>`), end)},
	{"XML declaration", xmlType, between(`<?xml version="1.0"`, same(` `), `?>`+root+end)},
	{"XML spaces", xmlType, between(`<AccountTaskUpdateRequest`, same(` `), `/>`)},

	{"form pairs", formType, between("", numbered(`a%d=&`), "")},
	{"form separators", formType, between("", same(`&`), "")},
	{"form duplicates", formType, between("", same(`Frequency=x&`), "")},
	{"form escapes", formType, between("Parameters=", same(`%F0%9F%98%80`), "")},
	{"form percent signs", formType, between("Parameters=", same(`%`), "")},
	{"form brackets", formType, between("Frequency", same(`[]`), "=1")},
	{"form open brackets", formType, between("", same(`[`), "")},
	{"form open brackets that one closes", formType, between("", same(`[`), "]=1")},
	{"form names with brackets", formType, between("", same(`[]&`), "")},
}

// longNamespace is half a namespace and half attributes in it.
func longNamespace(size int) string {
	return filled(size, `<AccountTaskUpdateRequest xmlns:a="`+strings.Repeat("u", size/2)+`"`, numbered(` a:b%x=""`), `/>`)
}

// attributes are so many different attributes.
func attributes(count int) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, ` a%d=""`, i)
	}
	return b.String()
}
