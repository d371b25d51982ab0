package snippet

import "strings"

// doubleQuoted is a string in C#, Go, Java and Python.
func doubleQuoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// singleQuoted is a string in JavaScript and PHP.
func singleQuoted(text string) string {
	return `'` + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + `'`
}

// shellQuoted is a word of a POSIX shell.
func shellQuoted(text string) string { return `'` + strings.ReplaceAll(text, `'`, `'\''`) + `'` }

// verbatim is a string in C# that can have several lines.
func verbatim(text string) string { return `@"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// textBlock is what stands in a text block of Java.
func textBlock(text string) string { return strings.ReplaceAll(text, `\`, `\\`) }

// indent begins every further line with the indentation.
func indent(by, text string) string { return strings.ReplaceAll(text, "\n", "\n"+by) }

// isIdentifier says whether a name needs no quotation marks as a property in JavaScript.
func isIdentifier(name string) bool { return !strings.Contains(name, "-") }
