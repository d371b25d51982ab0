package wellformed_test

import (
	"fmt"
	"strings"
	"testing"

	"accounttasks/internal/wellformed"
)

func TestJSONAcceptsOneValue(t *testing.T) {
	for _, text := range []string{
		`{}`, `[]`, `"x"`, `0`, `-1.5e+3`, `true`, `null`, " \t\r\n{ } ",
		`"\ud83d\ude00"`, `"\\ud83d"`, `"😀"`, `{"a":{"a":1},"a":2}`, `"\u0000"`,
	} {
		if err := wellformed.JSON(text); err != nil {
			t.Errorf("JSON(%q) = %v, want it accepted", text, err)
		}
	}
}

func TestJSONRefusesWhatIsNotOneValue(t *testing.T) {
	for _, text := range []string{
		``, ` `, `{`, `{}{}`, `{} x`, `{'a':1}`, `{a:1}`, `[1,]`, `{"a":1,}`, `/**/{}`, `010`, `0x2`, `NaN`,
		`+1`, `.5`, `1.`, "\ufeff{}", "\"\t\"", "\"\xff\"",
		`"\ud83d"`, `"\ude00"`, `"\ud83dx"`, `"\ud83d\u0041"`, `"\ude00\ud83d"`, `"\ud83d\\ude00"`,
	} {
		if wellformed.JSON(text) == nil {
			t.Errorf("JSON(%q) was accepted", text)
		}
	}
}

func TestJSONDepthCountsOpenArraysAndObjects(t *testing.T) {
	for text, want := range map[string]int{
		`1`: 0, `{}`: 1, `[[],[]]`: 2, `{"a":[{"b":1}]}`: 3, `"[[["`: 0, `["\"[["]`: 1,
	} {
		if got := wellformed.JSONDepth(text); got != want {
			t.Errorf("JSONDepth(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestErrorsArePhrasesThatTellThePlace(t *testing.T) {
	deep := strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001)
	if err := wellformed.JSON(deep[1 : len(deep)-1]); err != nil {
		t.Errorf("10,000 levels: got %v, want them accepted", err)
	}
	for _, test := range []struct {
		check      func(string) error
		text, want string
	}{
		{wellformed.JSON, ``, "it ends too early"},
		{wellformed.JSON, `{"a":"b`, "it ends too early"},
		{wellformed.JSON, `{"a":1,}`, "it has a syntax error at byte 8"},
		{wellformed.JSON, `{} x`, "it has a syntax error at byte 4"},
		{wellformed.JSON, "\xff", "it is not valid UTF-8"},
		{wellformed.JSON, `["\ud83d"]`, "the escape at byte 3 is half of a surrogate pair"},
		{wellformed.JSON, deep, "it is nested more than 10000 levels deep"},
		{wellformed.XML, ``, "it has no root element"},
		{wellformed.XML, `<a>`, "it ends too early"},
		{wellformed.XML, `<a><b`, "it ends too early"},
		{wellformed.XML, `<a><b c="`, "it ends too early"},
		{wellformed.XML, `<a><!--`, "it ends too early"},
		{wellformed.XML, `<a>&secret;</a>`, "it has a syntax error at byte 4"},
		{wellformed.XML, `<a></secret>`, "it has an end tag that matches no start tag at byte 4"},
		{wellformed.XML, `<a/><secret/>`, "it has a second root element at byte 5"},
		{wellformed.XML, `<a>&#xD800;</a>`, "it has a reference to half of a surrogate pair at byte 4"},
		{wellformed.XML, "<a>\x01</a>", "it contains the character U+0001"},
		{wellformed.XML, "<a>\xff</a>", "it is not valid UTF-8"},
	} {
		if got := test.check(test.text); got == nil || got.Error() != test.want {
			t.Errorf("%.20q: got %v, want %q", test.text, got, test.want)
		}
	}
}

func TestXMLAcceptsOneDocument(t *testing.T) {
	for _, text := range []string{
		`<a/>`, `<a></a >`, " \n<a/>\n", `<?xml version="1.0"?><a/>`, `<?xml version='1.0' encoding='utf-16' standalone="yes" ?><a/>`,
		`<!--c--><a><!--d--></a><!--e-->`, `<a><?p x?></a><?q?>`, `<a b="1" c='2'/>`, "<a b=\"1\"\n\tc = '2' />",
		`<a b='"' c="'>"/>`, `<p:a xmlns:p="u"><p:b p:c="1" c="1"/></p:a>`, `<a xmlns="u"><b xmlns=""/></a>`,
		`<a xml:lang="de"/>`, `<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>`,
		`<a>&lt;&#x41;&amp;&quot;</a>`, `<a><![CDATA[<]]></a>`, `<a b="&#65533;">&#xD7FF;&#xE000;&#x1F600;</a>`, `<a><![CDATA[&#xD800;]]></a>`, `<a><!--&#xD800;--></a>`, `<é>😀</é>`,
		`<a xmlns:p="u"><b xmlns:p="v"><p:c/></b><p:d/></a>`, "\ufeff<a/>", "\ufeff<?xml version='1.0'?><a/>",
		// Names of the fifth edition that the fourth did not have.
		"<\u0370/>", "<\U00010400 \U0001F600='1'/>", "<a\u0300\u203f/>", "<\u3105\u31a0/>", "<p:\U00020000 xmlns:p='u'/>",
		`<a b="1" c="1" d="1" e="1" f="1" g="1" h="1" i="1" j="1"/>`, "<a\r\nb='1'\r/>",
	} {
		if err := wellformed.XML(text); err != nil {
			t.Errorf("XML(%q) = %v, want it accepted", text, err)
		}
	}
}

func TestXMLRefusesWhatIsNotOneDocument(t *testing.T) {
	for _, text := range []string{
		``, ` `, `text`, `<a>`, `</a>`, `<a></b>`, `<a><b></a></b>`, `<a/><b/>`, `<a/>text`, `text<a/>`, `<a/><![CDATA[ ]]>`, `<a/>&#32;`,
		`<!DOCTYPE a><a/>`, `<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, `<a>&x;</a>`, `<a>&amp</a>`, `<a>&#0;</a>`, `<a>&#xFFFE;</a>`, `<a>&#xD800;</a>`, `<a>&#57343;</a>`, `<a b="&#x0DC00;"/>`, `<a>&#xD83D;&#xDE00;</a>`, `<a>&#x110000;</a>`, `<a>&#4294967361;</a>`, `<a>&#X41;</a>`, `<a>&#;</a>`, `<a>&# 65;</a>`,
		"<a>\x01</a>", "<a>\ufffe</a>", "<a>\xff</a>", "\ufeff\ufeff<a/>", " \ufeff<a/>", "<!--\x01--><a/>",
		`<a b="1" b="2"/>`, `<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>`, `<a xmlns:p="u" xmlns:p="v"/>`, `<a b="1"c="2"/>`, `<a b=1/>`, `<a b/>`, `<a b="<"/>`,
		`<p:a/>`, `<a p:b="1"/>`, `<a><b xmlns:p="u"/><p:c/></a>`, `<a:b:c xmlns:a="u"/>`, `<a xmlns:p=""/>`,
		`<a xmlns:xmlns="u"/>`, `<a xmlns:xml="u"/>`, `<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>`, `<xmlns:a/>`, `<:a/>`,
		`<p:0 xmlns:p="u"/>`, `<p:a xmlns:p="u" p:-b="1"/>`, `<a xmlns:1="u"/>`,
		`<a>]]></a>`, `<!-- -- --><a/>`, ` <?xml version="1.0"?><a/>`, `<a/><?xml version="1.0"?>`, `<?xml version="1.0"?><?xml version="1.0"?><a/>`, `<?xml?><a/>`, `<?xml version="1.1"?><a/>`,
		`<?xml version="1.0" standalone="maybe"?><a/>`, `<?xml encoding="utf-8" version="1.0"?><a/>`, `<?XML version="1.0"?><a/>`, `<?p:q?><a/>`, `<?p=q?><a/>`, `<?p?q?><a/>`,
		`<a b="1" c="1" d="1" e="1" f="1" g="1" h="1" i="1" b="2"/>`, "<\u00d7/>", "<\u037e/>", "<\u0300/>", "<a\u2041/>", "<\U000f0000/>",
		`<?xml version="1.0" encoding="1"?><a/>`, `<?xml version="1.0" encoding=""?><a/>`, `<?xml version="1.0"encoding="x"?><a/>`, `<?xml version="1.0" standalone="yes" encoding="x"?><a/>`,
		`<? xml?><a/>`, `<a><?p`, `<a><![CDATA[x]]`, `<a b`, `<a b=`, `<a b='`, `<a b='1'/x>`, `<a></a b>`, `<a></a:`, `<a>&`, `<a>&lt`,
		`< a/>`, `<a/ >`, `<1a/>`, `<a b="1" `,
	} {
		if wellformed.XML(text) == nil {
			t.Errorf("XML(%q) was accepted", text)
		}
	}
}

func BenchmarkXMLIsLinearInDepth(b *testing.B) {
	for _, depth := range []int{1_000, 10_000} {
		text := `<p:a xmlns:p="u">` + strings.Repeat("<p:a>", depth) + strings.Repeat("</p:a>", depth) + `</p:a>`
		b.Run(fmt.Sprintf("depth=%d", depth), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if err := wellformed.XML(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
