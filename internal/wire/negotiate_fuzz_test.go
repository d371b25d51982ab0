package wire_test

import (
	"net/http"
	"strings"
	"testing"

	"accounttasks/internal/verify/observed"
	"accounttasks/internal/wire"
)

// FuzzNegotiate has any headers answered in one of the published formats, whatever the case of their letters
// and the space around them.
func FuzzNegotiate(f *testing.F) {
	for _, r := range observed.Requests(f) {
		f.Add(r.Headers["Accept"], r.Headers["Content-Type"], r.Headers["X-Requested-With"])
	}
	f.Add(`text/xml;q=0.4, application/*;q=".5";level="a\"b", ,*/*;q=0`, "text / xml ; charset", "XMLHttpRequest")
	f.Fuzz(func(t *testing.T, accept, contentType, requestedWith string) {
		got := negotiated(accept, contentType, requestedWith)
		switch got {
		case "application/json; charset=utf-8", "text/json; charset=utf-8", "application/xml; charset=utf-8", "text/xml; charset=utf-8":
		default:
			t.Errorf("answered as %q", got)
		}
		if again := negotiated(upperASCII(accept), upperASCII(contentType), upperASCII(requestedWith)); again != got {
			t.Errorf("answered as %q, and as %q to the same in capitals", got, again)
		}
		if again := negotiated(" \t"+accept+" ", "\t"+contentType+" ", requestedWith); again != got {
			t.Errorf("answered as %q, and as %q with space around", got, again)
		}
		if again := negotiated(","+accept+",,", contentType, requestedWith); again != got && accept != "" {
			t.Errorf("answered as %q, and as %q with empty elements", got, again)
		}
	})
}

func negotiated(accept, contentType, requestedWith string) string {
	return wire.Negotiate(http.Header{
		"Accept": {accept}, "Content-Type": {contentType}, "X-Requested-With": {requestedWith},
	}).ContentType()
}

func upperASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}
