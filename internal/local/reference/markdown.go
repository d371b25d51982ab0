package reference

import (
	"html/template"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"accounttasks/internal/local/reference/highlight"
)

// markdown writes Markdown as HTML. Raw HTML in it is left out.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(codeRenderer{}, 100))),
)

// render writes Markdown as HTML, with headings of at least this level.
func render(source string, level int) template.HTML {
	document := markdown.Parser().Parse(text.NewReader([]byte(source)))
	var elsewhere []*ast.Link
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Heading:
			if entering {
				n.Level += level - 1
			}
		case *ast.Link:
			if target := served(string(n.Destination)); target != "" {
				n.Destination = []byte(target)
			} else if entering {
				elsewhere = append(elsewhere, n)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, link := range elsewhere {
		keepText(link)
	}
	var out strings.Builder
	if err := markdown.Renderer().Render(&out, []byte(source), document); err != nil {
		panic("reference: " + err.Error()) // writing to a string does not fail
	}
	html := tables.ReplaceAllString(out.String(), `<div class="wide">$0</div>`)
	return template.HTML(inlineCode.ReplaceAllStringFunc(html, highlight.Whole))
}

var (
	// tables are put into an element that scrolls, because they may be wider than a phone.
	tables     = regexp.MustCompile(`(?s)<table>.*?</table>`)
	inlineCode = regexp.MustCompile(`<code>[^<]*</code>`)
)

// served is where a link leads on this page: another part of it, another host, or a file that the handler serves. It is
// empty for the repository's other files.
func served(target string) string {
	file := target[strings.LastIndex(target, "/")+1:]
	switch {
	case strings.HasPrefix(target, "#"), strings.HasPrefix(target, "http"), strings.HasPrefix(target, Path):
		return target
	case file == "accounttasks.xsd", file == "openapi.yaml":
		return Path + file
	}
	return ""
}

// keepText replaces a link by its text.
func keepText(link *ast.Link) {
	for child := link.FirstChild(); child != nil; child = link.FirstChild() {
		link.Parent().InsertBefore(link.Parent(), link, child)
	}
	link.Parent().RemoveChild(link.Parent(), link)
}

// codeRenderer marks the parts of code blocks.
type codeRenderer struct{}

func (codeRenderer) RegisterFuncs(register renderer.NodeRendererFuncRegisterer) {
	register.Register(ast.KindFencedCodeBlock, renderCode)
}

func renderCode(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	block := n.(*ast.FencedCodeBlock)
	var code strings.Builder
	for i := range block.Lines().Len() {
		line := block.Lines().At(i)
		code.Write(line.Value(source))
	}
	marked := highlight.HTML(string(block.Language(source)), strings.TrimRight(code.String(), "\n"))
	_, err := w.WriteString(`<pre class="code"><code>` + string(marked) + "</code></pre>\n")
	return ast.WalkSkipChildren, err
}
