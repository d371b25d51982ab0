package wire_test

import (
	"net/http"
	"testing"

	"accounttasks/internal/wire"
)

// The formats of an answer, in short.
const (
	aj = "application/json; charset=utf-8"
	tj = "text/json; charset=utf-8"
	ax = "application/xml; charset=utf-8"
	tx = "text/xml; charset=utf-8"
)

// asked is what the headers get for an answer.
func asked(contentType string, accept ...string) string {
	header := http.Header{}
	if contentType != "" {
		header.Set("Content-Type", contentType)
	}
	if len(accept) > 0 {
		header["Accept"] = accept
	}
	return wire.Negotiate(header).ContentType()
}

func TestAnswerWithoutAcceptIsInTheFormatOfTheRequest(t *testing.T) {
	for contentType, want := range map[string]string{
		"": aj, "application/json": aj, "text/json": tj, "application/xml": ax, "text/xml": tx, "TEXT/XML ; charset=utf-16": tx,
		"application/x-www-form-urlencoded": aj, "text/plain": aj, "image/png": aj,
		"application/*": aj, "text/*": tj, "*/*": aj, "*/xml": aj, "application/xml, text/xml": aj, "application/xml;": ax, "bogus": aj,
	} {
		if got := asked(contentType); got != want {
			t.Errorf("%q: got %s, want %s", contentType, got, want)
		}
	}
}

func TestAcceptChoosesTheFormat(t *testing.T) {
	for accept, want := range map[string]string{
		// One type or range.
		"application/json": aj, "text/json": tj, "application/xml": ax, "text/xml": tx,
		"APPLICATION/XML": ax, "Text/Xml": tx, " text/xml ": tx, "text / xml": tx,
		"application/*": aj, "text/*": tj, "*/*": aj, "*/xml": ax, "*/json": ax,
		"application/xml;q=0.001": ax, "text/xml; charset=utf-16": tx, "application/xml;version=\"1,2\"": ax, "application/xml;level": ax,
		// A match of the other format beats the request's own.
		"application/json;q=0.1": aj, "text/html, text/json;q=0.1": tj,
		// The order of quality.
		"application/json;q=0.5, application/xml": ax, "application/xml;q=0.5, application/json": aj,
		"application/json;q=0.5, application/xml;q=0.50001": ax, "application/xml; q=.5, application/json; q=.4": ax,
		"text/html,application/xml;q=0.9,*/*;q=0.8": ax, "application/xml;q=0.5,*/*;q=0.8": aj, "application/xml;q=0.5, text/*": tj,
		"application/json;q=0.5, text/json": tj, "text/json;q=0.4, application/json;q=0.4": tj, "application/json;q=0.4, text/json;q=0.4": aj,
		// At one quality the more exact name wins, then JSON; the header's order only within a format.
		"text/xml, application/json": aj, "application/json, text/xml": aj, "text/xml, application/xml": tx, "application/xml, text/xml": ax,
		"*/*, application/xml": ax, "text/*, application/xml": ax, "text/*, application/*": tj, "*/*, text/*": tj, "application/*, text/xml;q=0.9": aj,
		"*/*;q=0.5, text/*;q=0.5, text/xml;q=0.5": tx, "application/xml;q=0, text/xml": tx, "text/*, */*": tj, "text/json, */*": tj, "text/xml, text/*": tx,
		// A quality of nought matches nothing and excludes nothing.
		"application/json;q=0": ax, "application/json;q=0, */*": aj, "*/*;q=0": ax, "application/xml;q=0.000": ax, "application/xml;q=0, text/json": tj,
		// A quality that is not a number counts as missing, and one above 1 is kept.
		"application/json;q=0.9, application/xml;q=abc": ax, "application/json, application/xml;q=2": ax, "application/json;q=0.9, application/xml;q=\"0.1\"": ax,
		"application/json;q=0.9, application/xml;q=-1": ax, "application/json;q=0.9, application/xml;q=1e-5": ax, "application/json;q=0.9, application/xml;q": ax,
		"application/json;q=0.9, application/xml;Q=0.1": aj, "application/json;q=0.5, application/xml;q=0.6;q=0.1": ax,
		"application/json;q=0.9, application/xml;q = 1": ax, "application/xml;q=1.1.1, application/json;q=0.9": ax,
		// Nothing that can be written.
		"image/png": ax, "text/html": ax, "application/x-www-form-urlencoded": ax, "application/xhtml+xml": ax, "": ax, ",": ax,
		// Empty elements are skipped.
		",text/json": tj, "text/json,": tj, "image/png,, text/json": tj,
		// One bad element, and the line is not there.
		"bogus": ax, "text/json, bogus": ax, "text/json;": ax, "text/json;;q=1": ax, "text/json;q=": ax, "text/json; =1": ax, "text/json (x)": ax,
		"text/": ax, "/json": ax, "text/json text/json": ax, "text/json;a=\"b": ax, "text/json;a=\"b\\\"": ax, "*": ax, "text/json;a=b c": ax, "text/jsön": ax,
		"text/json;a=\"b\\\"c\";q=1": tj, "text/json ; a ; b = c": tj, "text/json;a=\"x,y\", image/png": tj,
	} {
		if got := asked("application/xml", accept); got != want {
			t.Errorf("%q: got %s, want %s", accept, got, want)
		}
	}
}

func TestEachLineOfAcceptIsReadOnItsOwn(t *testing.T) {
	for _, test := range []struct {
		lines []string
		want  string
	}{
		{[]string{"bogus", "text/json"}, tj},
		{[]string{"text/json;q=0.5", "text/xml"}, tx},
		{[]string{"text/json, bogus", "text/xml;q=0.1"}, tx},
		{[]string{"", ""}, ax},
	} {
		if got := asked("application/xml", test.lines...); got != test.want {
			t.Errorf("%q: got %s, want %s", test.lines, got, test.want)
		}
	}
}

func TestScriptThatAsksForNothingInParticularGetsJSON(t *testing.T) {
	for _, test := range []struct {
		accept, with []string
		want         string
	}{
		{nil, []string{"XMLHttpRequest"}, aj},
		{[]string{"*/*"}, []string{"XMLHttpRequest"}, aj},
		{[]string{"*/*;q=0"}, []string{"xmlhttprequest"}, aj},
		{[]string{"*/*;q=0.1;x=y"}, []string{"com.example XMLHTTPREQUEST x"}, aj},
		{[]string{"bogus"}, []string{"other", "XMLHttpRequest"}, aj},
		{[]string{"application/xml"}, []string{"XMLHttpRequest"}, ax},
		{[]string{"image/png"}, []string{"XMLHttpRequest"}, tx},
		{[]string{"*/*, image/png;q=0"}, []string{"XMLHttpRequest"}, aj},
		{[]string{"image/png, */*;q=0"}, []string{"XMLHttpRequest"}, tx},
		{[]string{"*/xml"}, []string{"XMLHttpRequest"}, tx},
		{[]string{"text/*"}, []string{"XMLHttpRequest"}, tj},
		{nil, []string{"fetch"}, tx},
		{nil, []string{""}, tx},
	} {
		header := http.Header{"Content-Type": {"text/xml"}, "X-Requested-With": test.with}
		if test.accept != nil {
			header["Accept"] = test.accept
		}
		if got := wire.Negotiate(header).ContentType(); got != test.want {
			t.Errorf("Accept %q with %q: got %s, want %s", test.accept, test.with, got, test.want)
		}
	}
}

func TestAcceptCharsetIsIgnored(t *testing.T) {
	header := http.Header{"Accept": {"text/xml"}, "Accept-Charset": {"utf-16"}}
	if got := wire.Negotiate(header).ContentType(); got != tx {
		t.Errorf("got %s, want %s", got, tx)
	}
}
