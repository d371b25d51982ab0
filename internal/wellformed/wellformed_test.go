package wellformed_test

import (
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

func TestXMLAcceptsOneDocument(t *testing.T) {
	for _, text := range []string{
		`<a/>`, `<a></a >`, " \n<a/>\n", `<?xml version="1.0"?><a/>`, `<?xml version='1.0' encoding='utf-16' standalone="yes" ?><a/>`,
		`<!--c--><a><!--d--></a><!--e-->`, `<a><?p x?></a><?q?>`, `<a b="1" c='2'/>`, "<a b=\"1\"\n\tc = '2' />",
		`<a b='"' c="'>"/>`, `<p:a xmlns:p="u"><p:b p:c="1" c="1"/></p:a>`, `<a xmlns="u"><b xmlns=""/></a>`,
		`<a xml:lang="de"/>`, `<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>`,
		`<a>&lt;&#x41;&amp;&quot;</a>`, `<a><![CDATA[<]]></a>`, `<é>😀</é>`,
		`<a xmlns:p="u"><b xmlns:p="v"><p:c/></b><p:d/></a>`,
	} {
		if err := wellformed.XML(text); err != nil {
			t.Errorf("XML(%q) = %v, want it accepted", text, err)
		}
	}
}

func TestXMLRefusesWhatIsNotOneDocument(t *testing.T) {
	for _, text := range []string{
		``, ` `, `text`, `<a>`, `</a>`, `<a></b>`, `<a><b></a></b>`, `<a/><b/>`, `<a/>text`, `text<a/>`, `<a/><![CDATA[ ]]>`, `<a/>&#32;`,
		`<!DOCTYPE a><a/>`, `<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, `<a>&x;</a>`, `<a>&amp</a>`, `<a>&#0;</a>`, `<a>&#xFFFE;</a>`,
		"<a>\x01</a>", "<a>\ufffe</a>", "<a>\xff</a>", "\ufeff<a/>", "<!--\x01--><a/>",
		`<a b="1" b="2"/>`, `<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>`, `<a xmlns:p="u" xmlns:p="v"/>`, `<a b="1"c="2"/>`, `<a b=1/>`, `<a b/>`, `<a b="<"/>`,
		`<p:a/>`, `<a p:b="1"/>`, `<a><b xmlns:p="u"/><p:c/></a>`, `<a:b:c xmlns:a="u"/>`, `<a xmlns:p=""/>`,
		`<a xmlns:xmlns="u"/>`, `<a xmlns:xml="u"/>`, `<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>`, `<xmlns:a/>`, `<:a/>`,
		`<a>]]></a>`, `<!-- -- --><a/>`, ` <?xml version="1.0"?><a/>`, `<a/><?xml version="1.0"?>`, `<?xml?><a/>`, `<?xml version="1.1"?><a/>`,
		`<?xml version="1.0" standalone="maybe"?><a/>`, `<?xml encoding="utf-8" version="1.0"?><a/>`, `<?XML version="1.0"?><a/>`, `<?p:q?><a/>`,
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
		b.Run("", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if err := wellformed.XML(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
