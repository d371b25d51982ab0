package highlight_test

import (
	"html"
	"regexp"
	"testing"

	"accounttasks/internal/local/reference/highlight"
	"accounttasks/internal/openapi/quickstart"
)

func TestMarksParts(t *testing.T) {
	for _, test := range []struct{ language, source, want string }{
		{"go", `return "a<b" // 1`, `<span class="k">return</span> <span class="s">&#34;a&lt;b&#34;</span> <span class="c">// 1</span>`},
		{"python", "x = 'it' # no", `x = <span class="s">&#39;it&#39;</span><span class="c"> # no</span>`},
		{"javascript", "`http://a`", "<span class=\"s\">`http://a`</span>"},
		{"json", `{"a": 1}`, `{<span class="s">&#34;a&#34;</span>: <span class="n">1</span>}`},
		{"xml", `<a>b</a>`, `<span class="k">&lt;a</span><span class="k">&gt;</span>b<span class="k">&lt;/a</span><span class="k">&gt;</span>`},
		{"text", `<1>`, `&lt;1&gt;`},
		{"text", `7798c127-7f74-40c6-9bd4-caf4be84ca89`, `<wbr><span class="guid">7798c127-7f74-40c6-9bd4-caf4be84ca89</span>`},
		{"json", `"2026-06-04T03:45:03.5Z",`, `<span class="s"><wbr><span class="guid">&#34;2026-06-04T03:45:03.5Z&#34;</span></span>,`},
		{"xml", `7798c127-7f74-40c6-9bd4-caf4be84ca89`,
			`<span class="n"><wbr><span class="guid">7798c127-7f74-40c6-9bd4-caf4be84ca89</span></span><wbr>`},
	} {
		if got := string(highlight.HTML(test.language, test.source)); got != test.want {
			t.Errorf("%s %s: got %s, want %s", test.language, test.source, got, test.want)
		}
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

// TestKeepsTheSource takes the marks away again.
func TestKeepsTheSource(t *testing.T) {
	for _, p := range quickstart.Programs() {
		marked := string(highlight.HTML(p.ID, string(p.Source())))
		if html.UnescapeString(tag.ReplaceAllString(marked, "")) != string(p.Source()) {
			t.Errorf("%s: the text has changed", p.Language)
		}
	}
}
