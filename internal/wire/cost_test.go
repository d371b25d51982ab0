package wire_test

import (
	"runtime"
	"testing"

	"accounttasks/internal/verify/hostile"
	"accounttasks/internal/wire"
)

// bodySize is an eighth of the largest body that the service reads: enough for memory that grows faster than
// the body to show.
const bodySize = 256 << 10

// allocated is how many bytes reading the body allocates, for each byte of the body.
func allocated(t *testing.T, contentType, body string) (perByte uint64) {
	content := []byte(body)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	d, err := wire.ReadUpdate(wire.Body{Bytes: content, ContentType: contentType})
	if err == nil {
		err = d.Problems.Err()
	}
	runtime.ReadMemStats(&after)
	if err != nil {
		checkReason(t, err)
	}
	return (after.TotalAlloc - before.TotalAlloc) / uint64(len(content))
}

// TestHostileBodiesAllocateLittle reads large bodies that hold as much as possible of one thing.
func TestHostileBodiesAllocateLittle(t *testing.T) {
	for _, body := range hostile.Bodies {
		t.Run(body.Name, func(t *testing.T) {
			if got, want := allocated(t, body.ContentType, body.Of(bodySize)), uint64(120); got > want {
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
		{"entities", xmlType, hostile.Filled(bodySize, laughs, hostile.Same(`<a>&c;</a>`), `</AccountTaskUpdateRequest>`), "document type definition"},
		{"external entity", xmlType, hostile.Filled(bodySize, `<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>`, hostile.Same(`<a>&a;</a>`), ``), "document type definition"},
		{"external subset", xmlType, hostile.Filled(bodySize, `<!DOCTYPE l SYSTEM "http://127.0.0.1/l.dtd">`, hostile.Same(`<a/>`), ``), "document type definition"},
		{"unknown entity", xmlType, hostile.Filled(bodySize, `<AccountTaskUpdateRequest>&c;`, hostile.Same(`<a/>`), ``), "not well-formed"},
		{"deep XML", xmlType, hostile.Filled(bodySize, "", hostile.Same(`<a>`), ""), "nested more than 256"},
		{"deep JSON arrays", jsonType, hostile.Filled(bodySize, "", hostile.Same(`[`), ""), "nested more than 256"},
		{"deep JSON objects", jsonType, hostile.Filled(bodySize, "", hostile.Same(`{"a":`), ""), "nested more than 256"},
		{"not UTF-8", formType, hostile.Filled(bodySize, "", hostile.Same("\xff"), ""), "cannot be decoded"},
		{"open bracket", formType, hostile.Filled(bodySize, "a[", hostile.Same("&a=b"), ""), "without its ]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			malformed(t, test.contentType, test.body, test.words)
			if got, want := allocated(t, test.contentType, test.body), uint64(5); got > want {
				t.Errorf("reading allocated %d bytes for each byte of the body, want at most %d", got, want)
			}
		})
	}
}
