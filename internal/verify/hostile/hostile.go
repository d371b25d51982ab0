// Package hostile makes bodies that are expensive to read, for the tests and benchmarks of the readers. It must not know
// the readers.
package hostile

import (
	"fmt"
	"strings"
)

// Body is a body that is made to be expensive to read.
type Body struct {
	Name, ContentType string
	// Of makes the body in about this size, in bytes.
	Of func(size int) string
}

// Between repeats the part that of gives for each number between two ends.
func Between(before string, of func(i int) string, after string) func(size int) string {
	return func(size int) string { return Filled(size, before, of, after) }
}

// Filled is Between for one size.
func Filled(size int, before string, of func(i int) string, after string) string {
	var b strings.Builder
	b.WriteString(before)
	for i := 0; b.Len() < size-len(after)-32; i++ {
		b.WriteString(of(i))
	}
	return b.String() + after
}

// Same returns one part for every number.
func Same(part string) func(int) string { return func(int) string { return part } }

// Numbered returns parts with their number in them.
func Numbered(format string) func(int) string {
	return func(i int) string { return fmt.Sprintf(format, i) }
}

const (
	jsonType = "application/json"
	xmlType  = "application/xml"
	formType = "application/x-www-form-urlencoded"

	reportID = "7798c127-7f74-40c6-9bd4-caf4be84ca89"

	root = "<AccountTaskUpdateRequest>"
	end  = "</AccountTaskUpdateRequest>"
)

// Bodies hold as much as possible of one thing each.
var Bodies = []Body{
	{"JSON members", jsonType, Between(`{`, Numbered(`"a%d":1,`), `"b":1}`)},
	{"JSON duplicates", jsonType, Between(`{`, Numbered(`"Frequency":%d,`), `"b":1}`)},
	{"JSON duplicate dates", jsonType, Between(`{`, Numbered(`"StartDate":"Thu, 4 Jun %d",`), `"b":1}`)},
	{"JSON duplicate GUIDs", jsonType, Between(`{`, Same(`"TaskID":"{`+reportID+`}",`), `"b":1}`)},
	{"JSON duplicate texts", jsonType, Between(`{`, Same(`"Parameters":"\n",`), `"b":1}`)},
	{"JSON escaped names", jsonType, Between(`{`, Same(`"\u0041":1,`), `"b":1}`)},
	{"JSON name", jsonType, Between(`{"`, Same(`\u0041`), `":1}`)},
	{"JSON text", jsonType, Between(`{"Parameters":"`, Same(`\ud83d\ude00`), `"}`)},
	{"JSON raw line breaks", jsonType, Between(`{"Parameters":"`, Same("\r\n\t"), `"}`)},
	{"JSON raw and escaped line breaks", jsonType, Between(`{"Parameters":"`, Same("\n\\n"), `"}`)},
	{"JSON number", jsonType, Between(`{"Enabled":`, Same(`9`), `}`)},
	{"JSON enum number", jsonType, Between(`{"Frequency":"`, Same(`0`), `2"}`)},
	{"JSON fraction", jsonType, Between(`{"StartDate":"2026-01-01T00:00:00.`, Same(`9`), `Z"}`)},
	{"JSON date", jsonType, Between(`{"StartDate":"/Date(`, Same(`9`), `)/"}`)},
	{"JSON date of spaces", jsonType, Between(`{"StartDate":"2026-01-01`, Same(` `), `x"}`)},
	{"JSON spaces", jsonType, Between(`{`, Same("\n"), `}`)},
	{"JSON wide", jsonType, Between(`{"a":[`, Same("[],"), `[]]}`)},
	{"JSON deep and wide", jsonType, Between(`{"a":[`, Same(strings.Repeat("[", 250)+strings.Repeat("]", 250)+","), `[]]}`)},
	{"JSON broken at its end", jsonType, Between(`{"a":"`, Same(`x`), `"`)},
	{"JSON backslashes", jsonType, Between(`{"a":"`, Same(`\\`), `"}`)},

	{"XML long namespace", xmlType, longNamespace},
	{"XML long namespace of elements", xmlType, func(size int) string {
		return Filled(size, `<AccountTaskUpdateRequest xmlns:a="`+strings.Repeat("u", size/2)+`">`, Same("<a:b/>"), end)
	}},
	{"XML long prefix", xmlType, func(size int) string {
		prefix := strings.Repeat("p", size/8)
		return `<AccountTaskUpdateRequest xmlns:` + prefix + `="u">` + strings.Repeat("<"+prefix+`:a x="1"/>`, 6) + end
	}},
	{"XML elements", xmlType, Between(root, Same(`<a/>`), end)},
	{"XML duplicates", xmlType, Between(root, Same(`<Enabled>x</Enabled>`), end)},
	{"XML attributes", xmlType, Between(`<AccountTaskUpdateRequest `, Numbered(`a%d="" `), `/>`)},
	{"XML elements with attributes", xmlType, Between(`<AccountTaskUpdateRequest `+attributes(1000)+`>`, Same("<a "+attributes(9)+"/>"), end)},
	{"XML prefixes", xmlType, Between(`<AccountTaskUpdateRequest `, Numbered(`xmlns:a%d="u" `), `/>`)},
	{"XML namespaces", xmlType, Between(`<AccountTaskUpdateRequest `, Numbered(`xmlns:a%d="u%[1]d" `), `/>`)},
	{"XML one prefix", xmlType, Between(root, Same(`<a xmlns:p="u"/>`), end)},
	{"XML deep scopes", xmlType, Between(root, Same(strings.Repeat(`<a xmlns:p="u">`, 250)+strings.Repeat("</a>", 250)), end)},
	{"XML references", xmlType, Between(root+`<Parameters>`, Same(`&#x41;`), `</Parameters>`+end)},
	{"XML long reference", xmlType, Between(root+`<Parameters>&#`, Same(`0`), `65;</Parameters>`+end)},
	{"XML entities", xmlType, Between(root+`<Parameters>`, Same(`&lt;`), `</Parameters>`+end)},
	{"XML long entity", xmlType, Between(root+`<Parameters>&`, Same(`a`), `;</Parameters>`+end)},
	{"XML ampersands", xmlType, Between(root+`<Parameters>`, Same(`&`), `;</Parameters>`+end)},
	{"XML carriage returns", xmlType, Between(root+`<Parameters>`, Same("\r"), `</Parameters>`+end)},
	{"XML attribute of line ends", xmlType, Between(`<AccountTaskUpdateRequest a="`, Same("\r\n"), `"/>`)},
	{"XML sections", xmlType, Between(root+`<Parameters>`, Same(`<![CDATA[]]>`), `</Parameters>`+end)},
	{"XML comments", xmlType, Between(root+`<Parameters>`, Same(`<!---->`), `</Parameters>`+end)},
	{"XML name", xmlType, Between(`<`, Same(`a`), `/>`)},
	{"XML names beyond ASCII", xmlType, Between(root, Same("<\u0370\u0371/>"), end)},
	{"XML instructions", xmlType, Between(root, Same(`<?a?>`), end)},
	{"XML declaration", xmlType, Between(`<?xml version="1.0"`, Same(` `), `?>`+root+end)},
	{"XML spaces", xmlType, Between(`<AccountTaskUpdateRequest`, Same(` `), `/>`)},

	{"form pairs", formType, Between("", Numbered(`a%d=&`), "")},
	{"form separators", formType, Between("", Same(`&`), "")},
	{"form duplicates", formType, Between("", Same(`Frequency=x&`), "")},
	{"form escapes", formType, Between("Parameters=", Same(`%F0%9F%98%80`), "")},
	{"form percent signs", formType, Between("Parameters=", Same(`%`), "")},
	{"form brackets", formType, Between("Frequency", Same(`[]`), "=1")},
	{"form open brackets", formType, Between("", Same(`[`), "")},
	{"form open brackets that one closes", formType, Between("", Same(`[`), "]=1")},
	{"form names with brackets", formType, Between("", Same(`[]&`), "")},
}

// longNamespace is half a namespace and half attributes in it.
func longNamespace(size int) string {
	return Filled(size, `<AccountTaskUpdateRequest xmlns:a="`+strings.Repeat("u", size/2)+`"`, Numbered(` a:b%x=""`), `/>`)
}

// attributes are so many different attributes.
func attributes(count int) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, ` a%d=""`, i)
	}
	return b.String()
}
