package wellformed_test

import (
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"accounttasks/internal/verify/observed"
	"accounttasks/internal/wellformed"
)

// FuzzJSON compares the check with what encoding/json takes, less lone surrogates.
func FuzzJSON(f *testing.F) {
	for _, r := range observed.Requests(f) {
		f.Add(string(r.Body))
	}
	for _, text := range []string{`"\ud83d\ude00"`, `"\\\ud83d"`, `"\ude00\ud83d"`, `["\"[{", [[{}]]]`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		err := wellformed.JSON(text)
		accepted, want := err == nil, utf8.ValidString(text) && json.Valid([]byte(text)) && !hasLoneSurrogate(text)
		if accepted != want {
			t.Fatalf("JSON = %v; accepted %t, want %t", err, accepted, want)
		}
		if err != nil {
			checkPhrase(t, err)
			return
		}
		if got, want := wellformed.JSONDepth(text), depthOfTokens(t, text); got != want {
			t.Errorf("JSONDepth = %d, want %d", got, want)
		}
	})
}

// jsonEscape finds the escapes of well-formed JSON one by one, a surrogate pair as one.
var jsonEscape = regexp.MustCompile(`\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.`)

func hasLoneSurrogate(text string) bool {
	for _, escape := range jsonEscape.FindAllString(text, -1) {
		if len(escape) == 6 && strings.ContainsAny(escape[2:3], "dD") && escape[3] >= '8' {
			return true
		}
	}
	return false
}

func depthOfTokens(t *testing.T, text string) int {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	for depth, deepest := 0, 0; ; {
		token, err := decoder.Token()
		if err == io.EOF {
			return deepest
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
			deepest = max(deepest, depth)
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
}

// checkPhrase reports whether an error is a short phrase that any answer can carry.
func checkPhrase(t *testing.T, err error) {
	t.Helper()
	phrase := err.Error()
	if _, found := wellformed.ForbiddenInXML(phrase); found || len(phrase) > 120 || !strings.HasPrefix(phrase, "it ") && !strings.HasPrefix(phrase, "the ") {
		t.Errorf("%q is not a phrase for an answer", phrase)
	}
	if errors.Unwrap(err) != nil {
		t.Errorf("%q hands on an error of a library", phrase)
	}
}
