// Package highlight marks comments, strings, key words and numbers in source text as HTML, and keeps GUIDs and dates on one line. It
// knows the languages of the first clients, JSON and XML; other text it only escapes.
package highlight

import (
	"html/template"
	"regexp"
	"strings"
)

const (
	slashes  = `//[^\n]*|/\*(?s:.*?)\*/`
	hash     = `(?m:^|\s)#[^\n]*`
	double   = `"(?:\\.|[^"\\\n])*"`
	single   = `'(?:\\.|[^'\\\n])*'`
	backtick = "`[^`]*`"
	block    = `"""(?s:.*?)"""`
)

// grammar has a regular expression for each kind of text that is marked.
type grammar struct{ comments, strings, words string }

var grammars = map[string]grammar{
	"curl":       {hash, `'[^']*'|"(?:\\.|[^"\\])*"`, `curl|if|then|else|fi|case|esac|in|set|echo|printf`},
	"python":     {hash, `r?'''(?s:.*?)'''|` + block + `|f?` + double + `|` + single, `import|from|def|return|if|else|with|as|for|in|is|not|try|except|None|True|False|lambda`},
	"javascript": {slashes, backtick + `|` + double + `|` + single, `const|let|await|async|function|return|if|new|throw|null|undefined|true|false|for|of`},
	"go":         {slashes, backtick + `|` + double, `package|import|func|return|var|type|struct|if|for|range|switch|case|default|defer|nil|true|false|string|int|any|error`},
	"php":        {slashes, `<<<'BODY'(?s:.*?)\nBODY|` + double + `|` + single, `function|return|if|foreach|as|echo|global|use|new|throw|null|true|false|string|array|int`},
	"java":       {slashes, block + `|` + double, `import|public|static|final|class|void|return|if|new|throw|throws|null|true|false|int`},
	"csharp":     {slashes, `@"(?:""|[^"])*"|` + double, `using|public|static|readonly|class|void|async|await|return|if|foreach|in|var|new|null|true|false|string|int`},
	"json":       {"", double, `true|false|null`},
	"xml":        {`<!--(?s:.*?)-->`, double, `</?[\w:.-]+|/?>`},
}

// whole is what is kept on one line: a GUID, or a date with its time.
var whole = regexp.MustCompile(`[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)`)

// expressions have a group for each kind, in the order of classes.
var expressions = func() map[string]*regexp.Regexp {
	compiled := map[string]*regexp.Regexp{}
	for language, g := range grammars {
		words := `\b(?:` + g.words + `)\b`
		if language == "xml" {
			words = g.words
		}
		compiled[language] = regexp.MustCompile(`(` + or(g.comments) + `)|(` + g.strings + `)|(` + words + `)|(` + whole.String() + `|\b\d+(?:\.\d+)?\b)`)
	}
	return compiled
}()

var classes = []string{"c", "s", "k", "n"}

// or is an expression that matches nothing if there is none.
func or(expression string) string {
	if expression == "" {
		return `[^\s\S]`
	}
	return expression
}

// HTML returns the source as HTML with an element for each marked part.
func HTML(language, source string) template.HTML {
	expression, known := expressions[language]
	if !known {
		return template.HTML(escaped(source))
	}
	var out strings.Builder
	end := 0
	for _, m := range expression.FindAllStringSubmatchIndex(source, -1) {
		out.WriteString(escaped(source[end:m[0]]))
		for i, class := range classes {
			if from := m[2*i+2]; from >= 0 {
				out.WriteString(`<span class="` + class + `">` + escaped(source[from:m[1]]) + `</span>` + breakAfter(language, class))
			}
		}
		end = m[1]
	}
	out.WriteString(escaped(source[end:]))
	return template.HTML(out.String())
}

// breakAfter lets the line end after the text of an element of XML, which may be a GUID.
func breakAfter(language, class string) string {
	if language == "xml" && class == "n" {
		return "<wbr>"
	}
	return ""
}

func escaped(text string) string { return Whole(template.HTMLEscapeString(text)) }

// Whole puts every GUID and every date of HTML without elements, with its quotation marks, into an element that is kept on
// one line. The line may end before it.
func Whole(html string) string {
	return quoted.ReplaceAllString(html, `<wbr><span class="guid">$0</span>`)
}

var quoted = regexp.MustCompile(`(?:&#34;)?(?:` + whole.String() + `)(?:&#34;)?`)
