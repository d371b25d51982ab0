package wire_test

import (
	"fmt"
	"testing"

	"accounttasks/internal/task"
)

// inForm writes one pair, the text being its escaped value.
func inForm(w written) string { return fmt.Sprintf("%v=%s", w.field, w.text) }

func TestFormValues(t *testing.T) {
	checkFields(t, formType, inForm, []written{
		{task.FieldEnabled, "true", "true"},
		{task.FieldEnabled, "+True+", "true"},
		{task.FieldEnabled, "FALSE", "false"},
		{task.FieldEnabled, "", "kept"},
		{task.FieldEnabled, "+%09", "kept"},
		{task.FieldEnabled, "1", refused},
		{task.FieldEnabled, "0", refused},
		{task.FieldEnabled, "on", refused},
		{task.FieldEnabled, "true,false", refused},

		{task.FieldTaskID, "%7B7798C127-7f74-40c6-9bd4-caf4be84ca89%7d", reportID},
		{task.FieldTaskID, "+" + reportID + "%20", reportID},
		{task.FieldTaskID, "", refused},
		{task.FieldTaskID, "5", refused},

		{task.FieldFrequency, "DAILY", "DAILY"},
		{task.FieldFrequency, "+daily+", "DAILY"},
		{task.FieldFrequency, "2", "DAILY"},
		{task.FieldFrequency, "%2B2", "DAILY"},
		{task.FieldFrequency, "+2", "DAILY"},
		{task.FieldFrequency, "2.0", refused},
		{task.FieldFrequency, "6", refused},
		{task.FieldFrequency, "DAILY%2CWEEKLY", refused},
		{task.FieldFrequency, "", refused},

		{task.FieldStartDate, "2026-06-04T03:45:03%2B02:00", "2026-06-04T01:45:03+00:00"},
		{task.FieldStartDate, "2026-06-04T03:45:03+02:00", refused},
		{task.FieldStartDate, "2026-06-04T03%3A45%3a03Z", "2026-06-04T03:45:03+00:00"},
		{task.FieldStartDate, "", noBound},
		{task.FieldStartDate, "+", noBound},

		{task.FieldParameters, "a+b%20c%2Bd", "a b c+d"},
		{task.FieldParameters, "%C3%A9%f0%9f%98%80é", "é😀é"},
		{task.FieldParameters, "a=b==c", "a=b==c"},
		{task.FieldParameters, "100%", "100%"},
		{task.FieldParameters, "%4", "%4"},
		{task.FieldParameters, "%ZZ%4g%%41", "%ZZ%4g%A"},
		{task.FieldParameters, "%u0041", "%u0041"},
		{task.FieldParameters, "%2541", "%41"},
		{task.FieldParameters, "a;b?c#d", "a;b?c#d"},
		{task.FieldParameters, "%0D%0A%26", "\r\n&"},
		{task.FieldParameters, "+x+", " x "},
		{task.FieldParameters, "+%0A", ""},

		{task.FieldNotification, "always", "ALWAYS"},
		{task.FieldNotification, "3", "ALWAYS"},
		{task.FieldNotification, "", refused},
		{task.FieldNotification, "+", refused},
	})
}

func TestFormNames(t *testing.T) {
	for pair, want := range map[string]string{
		"Frequency=2": "DAILY", "frequency=2": "DAILY", "FREQUENCY=2": "DAILY", "%46requency=2": "DAILY",
		"Frequency[]=2": "DAILY", "Frequency%5B%5d=2": "DAILY", "Frequency[][]=2": "DAILY",
		"Frequency": refused, "Frequency=": refused,
		"+Frequency=2": notSent, "Frequency+=2": notSent, "?Frequency=2": notSent, "Frequency[0]=2": notSent, "Frequency[x]=2": notSent,
		"Frequency.x=2": notSent, "request.Frequency=2": notSent, ".Frequency=2": notSent, "x&[]=2": notSent, "=2": notSent, "Frequency]=2": notSent,
		"x;Frequency=2": notSent, "x=1&&Frequency=2&": "DAILY", "&Frequency=2": "DAILY", "x&Frequency=2": "DAILY", "Fre%71uency=2": "DAILY",
		"Frequency%3D2": notSent,
	} {
		if got := shown(read(t, formType, pair), task.FieldFrequency); got != want {
			t.Errorf("%q: got Frequency %q, want %q", pair, got, want)
		}
	}
}

func TestFirstFormDuplicateWins(t *testing.T) {
	for body, want := range map[string]string{
		"Enabled=true&Enabled=false":       "true",
		"enabled=true&ENABLED=false":       "true",
		"Enabled=true&Enabled=bad":         "true",
		"Enabled[]=true&Enabled=false":     "true",
		"Enabled=&Enabled=true":            "kept",
		"Enabled&Enabled=true":             "kept",
		"Enabled=bad&Enabled=true":         refused,
		"x=Enabled=false&Enabled=true&x=1": "true",
	} {
		if got := shown(read(t, formType, body), task.FieldEnabled); got != want {
			t.Errorf("%s: got Enabled %q, want %q", body, got, want)
		}
	}
}

func TestIllFormedForms(t *testing.T) {
	for body, words := range map[string]string{
		"Frequency[=2":              `the name "Frequency[" has a [ without its ]`,
		"x[=1&Frequency=2":          `the name "x[" has a [ without its ]`,
		"x%5B=1":                    `the name "x[" has a [ without its ]`,
		"x[]y[=1":                   `the name "x[]y[" has a [ without its ]`,
		"Frequency=2&]x[=":          "has a [ without its ]",
		"Frequency=%FF":             "Frequency does not decode as UTF-8",
		"x=%ED%A0%80":               "x does not decode as UTF-8",
		"%C3=1":                     "does not decode as UTF-8",
		"Parameters=\xff&Enabled=1": "cannot be decoded: send UTF-8.",
		"\xc3":                      "cannot be decoded",
	} {
		malformed(t, formType, body, words)
	}
}

func TestFormIsUTF8WhateverItsCharset(t *testing.T) {
	for _, charset := range []string{"utf-16", "iso-8859-1", "bogus"} {
		d := read(t, formType+"; charset="+charset, "\ufeffParameters=é%C3%A9")
		if got := shown(d, task.FieldParameters); got != "éé" {
			t.Errorf("%s: got Parameters %q, want %q", charset, got, "éé")
		}
	}
}

func TestOtherFormatsReadAsAForm(t *testing.T) {
	for body, words := range map[string]string{
		`{"TaskID":"a%zz&b=[","Frequency":2}`: "begins with {: send it with the Content-Type application/json",
		`["%FF"]`:                             "begins with [: send it with the Content-Type application/json",
		"\ufeff<?xml version='1.0'?><AccountTaskUpdateRequest/>": "begins with <: send it with the Content-Type application/xml",
	} {
		malformed(t, formType, body, words)
	}
	if got := shown(read(t, formType, "[]=x&Frequency=2"), task.FieldFrequency); got != "DAILY" {
		t.Errorf("a form that begins with a bracket: got Frequency %q, want DAILY", got)
	}
}
