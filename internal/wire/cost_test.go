package wire_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"accounttasks/internal/wire"
)

// bodySize is an eighth of the largest body that the service reads: enough for memory that grows faster than
// the body to show.
const bodySize = 256 << 10

// filled repeats the part that of gives for each number until the body has bodySize.
func filled(before string, of func(i int) string, after string) string {
	var b strings.Builder
	b.WriteString(before)
	for i := 0; b.Len() < bodySize-len(after)-32; i++ {
		b.WriteString(of(i))
	}
	return b.String() + after
}

// same gives one part for every number.
func same(part string) func(int) string { return func(int) string { return part } }

// numbered gives parts with their number in them.
func numbered(format string) func(int) string {
	return func(i int) string { return fmt.Sprintf(format, i) }
}

// allocated is how many bytes reading the body allocates, for each byte of the body.
func allocated(t *testing.T, contentType, body string) (perByte uint64) {
	content := []byte(body)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	d, err := wire.Read(t.Context(), contentType, content)
	if err == nil {
		err = d.Problems.Err()
	}
	runtime.ReadMemStats(&after)
	if err != nil {
		checkReason(t, err)
	}
	return (after.TotalAlloc - before.TotalAlloc) / uint64(len(content))
}

// TestHostileBodiesCostLittle has large bodies read that hold as much as can be of one thing.
func TestHostileBodiesCostLittle(t *testing.T) {
	const root, end = "<AccountTaskUpdateRequest>", "</AccountTaskUpdateRequest>"
	for _, test := range []struct{ name, contentType, body string }{
		{"JSON members", jsonType, filled(`{`, numbered(`"a%d":1,`), `"b":1}`)},
		{"JSON duplicates", jsonType, filled(`{`, numbered(`"Frequency":%d,`), `"b":1}`)},
		{"JSON names", jsonType, filled(`{"`, same(`\u0041`), `":1}`)},
		{"JSON text", jsonType, filled(`{"Parameters":"`, same(`\ud83d\ude00`), `"}`)},
		{"JSON number", jsonType, filled(`{"Enabled":`, same(`9`), `}`)},
		{"JSON fraction", jsonType, filled(`{"StartDate":"2026-01-01T00:00:00.`, same(`9`), `Z"}`)},
		{"JSON spaces", jsonType, filled(`{`, same("\n"), `}`)},
		{"XML elements", xmlType, filled(root, same(`<a/>`), end)},
		{"XML duplicates", xmlType, filled(root, same(`<Enabled>x</Enabled>`), end)},
		{"XML attributes", xmlType, filled(`<AccountTaskUpdateRequest `, numbered(`a%d="" `), `/>`)},
		{"XML prefixes", xmlType, filled(`<AccountTaskUpdateRequest `, numbered(`xmlns:a%d="u" `), `/>`)},
		{"XML one prefix", xmlType, filled(root, same(`<a xmlns:p="u"/>`), end)},
		{"XML references", xmlType, filled(root+`<Parameters>`, same(`&#x41;`), `</Parameters>`+end)},
		{"XML sections", xmlType, filled(root+`<Parameters>`, same(`<![CDATA[]]>`), `</Parameters>`+end)},
		{"XML comments", xmlType, filled(root+`<Parameters>`, same(`<!---->`), `</Parameters>`+end)},
		{"XML name", xmlType, filled(`<`, same(`a`), `/>`)},
		{"XML instructions", xmlType, filled(root, same(`<?a?>`), end)},
		{"form pairs", formType, filled("", numbered(`a%d=&`), "")},
		{"form duplicates", formType, filled("", same(`Frequency=x&`), "")},
		{"form escapes", formType, filled("Parameters=", same(`%F0%9F%98%80`), "")},
		{"form brackets", formType, filled("Frequency", same(`[]`), "=1")},
		{"form open brackets", formType, filled("", same(`[`), "")},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, want := allocated(t, test.contentType, test.body), uint64(120); got > want {
				t.Errorf("reading allocated %d bytes for each byte of the body, want at most %d", got, want)
			}
		})
	}
}

// TestBombsAreRefusedAtTheirFirstCharge has bodies refused of which nothing but the beginning need be read.
func TestBombsAreRefusedAtTheirFirstCharge(t *testing.T) {
	const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>` +
		`<AccountTaskUpdateRequest><Parameters>&c;</Parameters>`
	for _, test := range []struct{ name, contentType, body, words string }{
		{"entities", xmlType, filled(laughs, same(`<a>&c;</a>`), `</AccountTaskUpdateRequest>`), "document type definition"},
		{"external entity", xmlType, filled(`<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>`, same(`<a>&a;</a>`), ``), "document type definition"},
		{"external subset", xmlType, filled(`<!DOCTYPE l SYSTEM "http://127.0.0.1/l.dtd">`, same(`<a/>`), ``), "document type definition"},
		{"unknown entity", xmlType, filled(`<AccountTaskUpdateRequest>&c;`, same(`<a/>`), ``), "not well-formed"},
		{"deep XML", xmlType, filled("", same(`<a>`), ""), "nested more than 256"},
		{"deep JSON arrays", jsonType, filled("", same(`[`), ""), "nested more than 256"},
		{"deep JSON objects", jsonType, filled("", same(`{"a":`), ""), "nested more than 256"},
		{"not UTF-8", formType, filled("", same("\xff"), ""), "cannot be decoded"},
		{"open bracket", formType, filled("[", same("&a=b"), ""), "without its ]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			malformed(t, test.contentType, test.body, test.words)
			if got, want := allocated(t, test.contentType, test.body), uint64(5); got > want {
				t.Errorf("reading allocated %d bytes for each byte of the body, want at most %d", got, want)
			}
		})
	}
}
