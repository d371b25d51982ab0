package reference

import "testing"

func TestRendersMarkdown(t *testing.T) {
	for _, test := range []struct {
		name, source string
		level        int
		want         string
	}{
		{"a heading at the level of the place", "## Two words", 2, "<h3 id=\"two-words\">Two words</h3>\n"},
		{"a link within the page", "[a](#b)", 1, "<p><a href=\"#b\">a</a></p>\n"},
		{"a link to a file that is served", "[a](../accounttasks.xsd)", 1, "<p><a href=\"/reference/accounttasks.xsd\">a</a></p>\n"},
		{"a link to another file of the repository", "see [the `contract`](../CONTRACT.md) now", 1, "<p>see the <code>contract</code> now</p>\n"},
		{"code", "```go\nreturn // x\n```", 1, "<pre class=\"code\"><code><span class=\"k\">return</span> <span class=\"c\">// x</span></code></pre>\n"},
		{"HTML, which is left out", "<script>a</script>", 1, "<!-- raw HTML omitted -->\n"},
		{"a GUID in code", "`7798c127-7f74-40c6-9bd4-caf4be84ca89`", 1, "<p><code><wbr><span class=\"guid\">7798c127-7f74-40c6-9bd4-caf4be84ca89</span></code></p>\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := string(render(test.source, test.level)); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}
