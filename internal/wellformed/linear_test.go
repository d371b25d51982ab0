package wellformed_test

import (
	"fmt"
	"strings"
	"testing"

	"accounttasks/internal/verify/linear"
	"accounttasks/internal/wellformed"
)

// deep opens a part as often as fits, and closes it as often.
func deep(open, inner, end string) func(size int) string {
	return func(size int) string {
		n := size / (len(open) + len(end))
		return strings.Repeat(open, n) + inner + strings.Repeat(end, n)
	}
}

// TestCheckingIsLinear checks what Parameters may hold and bodies may not: they can be nested at any depth.
// The readers of bodies have their own test.
func TestCheckingIsLinear(t *testing.T) {
	for _, test := range []struct {
		name  string
		check func(string) error
		of    func(size int) string
	}{
		{"deep XML", wellformed.XML, deep("<a>", "", "</a>")},
		{"deep XML that ends too early", wellformed.XML, deep("<a>", "", "")},
		{"deep declarations", wellformed.XML, deep(`<p:a xmlns:p="u">`, "", "</p:a>")},
		{"deep declarations of many", wellformed.XML, func(size int) string {
			var open, end strings.Builder
			for i := 0; open.Len()+end.Len() < size; i++ {
				fmt.Fprintf(&open, `<a xmlns:p%d="u%[1]d">`, i)
				end.WriteString("</a>")
			}
			return open.String() + end.String()
		}},
		{"deep JSON", wellformed.JSON, deep("[", "", "]")},
		{"deep JSON that ends too early", wellformed.JSON, deep("[", "", "")},
		{"JSON broken at its end", wellformed.JSON, deep("[1,2],", "x", "")},
		{"surrogates", wellformed.JSON, func(size int) string { return `"` + strings.Repeat(`\ud83d\ude00`, size/12) + `"` }},
	} {
		t.Run(test.name, func(t *testing.T) {
			linear.Check(t, test.of, func(text []byte) { _ = test.check(string(text)) })
		})
	}
}
