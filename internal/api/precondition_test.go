package api_test

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"accounttasks/internal/task"
)

func TestIfMatchNamesRevisions(t *testing.T) {
	three, four := task.Revision{Version: 3, Token: "Zm9v"}, task.Revision{Version: 4, Token: "a-b_c"}
	none := task.NoRevision
	for _, test := range []struct {
		name  string
		lines []string
		want  []task.Revision
	}{
		{"no header", nil, nil},
		{"any", []string{"*"}, nil},
		{"any with spaces", []string{" * "}, nil},
		{"one", []string{`"3-Zm9v"`}, []task.Revision{three}},
		{"with spaces", []string{"\t \"3-Zm9v\" "}, []task.Revision{three}},
		{"two", []string{`"3-Zm9v", "4-a-b_c"`}, []task.Revision{three, four}},
		{"two without a space", []string{`"3-Zm9v","4-a-b_c"`}, []task.Revision{three, four}},
		{"two lines", []string{`"3-Zm9v"`, `"4-a-b_c"`}, []task.Revision{three, four}},
		{"empty elements", []string{` ,, "3-Zm9v" ,	,`}, []task.Revision{three}},
		{"the same twice", []string{`"3-Zm9v", "3-Zm9v"`}, []task.Revision{three, three}},
		{"eight", []string{strings.Repeat(`"3-Zm9v",`, 8)}, []task.Revision{three, three, three, three, three, three, three, three}},
		{"no token", []string{`"3-"`}, []task.Revision{{Version: 3}}},
		{"the first version", []string{`"0-Zm9v"`}, []task.Revision{{Version: 0, Token: "Zm9v"}}},
		{"weak", []string{`W/"3-Zm9v"`}, []task.Revision{none}},
		{"weak among others", []string{`W/"3-Zm9v", "3-Zm9v"`}, []task.Revision{none, three}},
		{"foreign", []string{`"xyzzy"`}, []task.Revision{none}},
		{"empty tag", []string{`""`}, []task.Revision{none}},
		{"version alone", []string{`"3"`}, []task.Revision{none}},
		{"negative version", []string{`"-1-Zm9v"`}, []task.Revision{none}},
		{"spelt otherwise", []string{`"03-Zm9v"`, `"+3-Zm9v"`}, []task.Revision{none, none}},
		{"too large a version", []string{`"9223372036854775808-Zm9v"`}, []task.Revision{none}},
		{"a comma in a tag", []string{`"a,b"`}, []task.Revision{none}},
		{"a backslash in a tag", []string{`"a\"`}, []task.Revision{none}},
		{"bytes beyond ASCII", []string{`"` + "\xe9" + `"`}, []task.Revision{none}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newService()
			r := request()
			if test.lines != nil {
				header("If-Match", test.lines...)(r)
			}
			if w := s.send(r); w.Code != http.StatusOK {
				t.Fatalf("got %d and %s, want 200", w.Code, w.Body)
			}
			if got := s.updater.drafts[0].IfMatch; !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

// refuseHeader sends a header field in these lines, which must be refused with the value that they have together.
func refuseHeader(t *testing.T, name string, lines []string) {
	t.Helper()
	w := newService().send(request(header(name, lines...)))
	e := read(t, w)
	want := name + " cannot be " + task.QuoteValue(strings.Join(lines, ", "))
	if w.Code != http.StatusBadRequest || e.Error == nil || !strings.HasPrefix(e.Error.ErrorReason, want) {
		t.Errorf("%q: got %d and %s, want 400 and %q", lines, w.Code, w.Body, want)
	}
}

func TestWhatIsNoListOfEntityTags(t *testing.T) {
	for _, lines := range [][]string{
		{""}, {" "}, {","}, {"rubbish"}, {`3-Zm9v`}, {`"3-Zm9v`}, {`3-Zm9v"`}, {`'3-Zm9v'`}, {`"3-Zm9v" "4-a"`}, {`"3-Zm9v";q=1`}, {`"a"b"`},
		{`*, "3-Zm9v"`}, {`"3-Zm9v", *`}, {"*", "*"}, {"**"}, {`w/"3-Zm9v"`}, {`W/3-Zm9v`}, {`W/ "3-Zm9v"`}, {`W/`}, {`"3 Zm9v"`}, {"\"3\tZm9v\""}, {"\"\x7f\""},
		{`"3-Zm9v", rubbish`}, {`"3-Zm9v"`, ";"}, {strings.Repeat(`"3-Zm9v",`, 9)}, {`"1-a"`, strings.Repeat(`"x",`, 8)},
	} {
		refuseHeader(t, "If-Match", lines)
	}
}

func TestETagIsTakenByIfMatch(t *testing.T) {
	s := newService()
	etag := s.send(request()).Header().Get("ETag")
	s.send(request(header("If-Match", etag)))
	if got := s.updater.drafts[1].IfMatch; !reflect.DeepEqual(got, []task.Revision{stored.Revision}) {
		t.Errorf("If-Match %s came to %+v, want %+v", etag, got, stored.Revision)
	}
}

func TestIdempotencyKeys(t *testing.T) {
	for _, test := range []struct {
		lines []string
		want  string
	}{
		{nil, ""},
		{[]string{"k"}, "k"},
		{[]string{"\t key "}, "key"},
		{[]string{`"8e03978e-40d5-43dd-bc93-6894a57f9324"`}, `"8e03978e-40d5-43dd-bc93-6894a57f9324"`},
		{[]string{"a;b=c"}, "a;b=c"},
		{[]string{"key,key"}, "key"},
		{[]string{"key, key,\tkey"}, "key"},
		{[]string{"key", " key"}, "key"},
		{[]string{"!~"}, "!~"},
		{[]string{strings.Repeat("k", 255)}, strings.Repeat("k", 255)},
	} {
		s := newService()
		r := request()
		if test.lines != nil {
			header("Idempotency-Key", test.lines...)(r)
		}
		if w := s.send(r); w.Code != http.StatusOK {
			t.Errorf("%q: got %d and %s, want 200", test.lines, w.Code, w.Body)
		} else if got := s.updater.drafts[0].IdempotencyKey; got != test.want {
			t.Errorf("%q: got the key %q, want %q", test.lines, got, test.want)
		}
	}
}

func TestWhatIsNoIdempotencyKey(t *testing.T) {
	for _, lines := range [][]string{
		{""}, {" \t"}, {"two words"}, {"a,b"}, {"a, b"}, {"a,b,a,b"}, {"a,"}, {","}, {"a", "b"}, {"a", ""}, {"a\tb"}, {"a\x00"}, {"a\x7f"}, {"é"}, {"\xe9"}, {strings.Repeat("k", 256)},
	} {
		refuseHeader(t, "Idempotency-Key", lines)
	}
}

func TestIfNoneMatchExcludesRevisions(t *testing.T) {
	three, four := task.Revision{Version: 3, Token: "Zm9v"}, task.Revision{Version: 4, Token: "a-b_c"}
	for _, test := range []struct {
		name  string
		lines []string
		want  []task.Revision
		any   bool
	}{
		{"no header", nil, nil, false},
		{"any", []string{" * "}, nil, true},
		{"one", []string{`"3-Zm9v"`}, []task.Revision{three}, false},
		{"two", []string{`"3-Zm9v"`, `"4-a-b_c"`}, []task.Revision{three, four}, false},
		{"weak", []string{`W/"3-Zm9v"`}, []task.Revision{three}, false},
		{"foreign", []string{`"xyzzy", "3-Zm9v"`}, []task.Revision{three}, false},
		{"foreign alone", []string{`"xyzzy"`}, nil, false},
	} {
		s := newService()
		r := request()
		if test.lines != nil {
			header("If-None-Match", test.lines...)(r)
		}
		if w := s.send(r); w.Code != http.StatusOK {
			t.Fatalf("%s: got %d and %s, want 200", test.name, w.Code, w.Body)
		}
		if got := s.updater.drafts[0]; !reflect.DeepEqual(got.NotAt, test.want) || got.NotAtAny != test.any || got.IfMatch != nil {
			t.Errorf("%s: got %+v (any %t), want %+v (any %t)", test.name, got.NotAt, got.NotAtAny, test.want, test.any)
		}
	}
}

func TestContentEncodingsThatLeaveTheBodyAsItIs(t *testing.T) {
	for encoding, want := range map[string]int{"identity": 200, "Identity, identity": 200, "": 200, "gzip": 415, "identity, br": 415, "x": 415} {
		if w := newService().send(request(header("Content-Encoding", encoding))); w.Code != want {
			t.Errorf("%q: got %d and %s, want %d", encoding, w.Code, w.Body, want)
		}
	}
}
