// Package wellformed checks whether text is well-formed JSON or XML, as strictly as the standards say:
// RFC 8259 for JSON, XML 1.0 with namespaces for XML. The standard library's own readers accept a number of
// ill-formed texts.
//
// It must not know tasks or requests. Errors are phrases that fit into a sentence and never repeat
// the checked text.
package wellformed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

var errUTF8 = errors.New("it is not valid UTF-8")

// JSON reports whether text is exactly one JSON value with white space around it at most. Unlike
// json.Valid it refuses escapes that are half of a surrogate pair: they are not characters.
func JSON(text string) error {
	if !utf8.ValidString(text) {
		return errUTF8
	}
	if err := jsonSyntax(text); err != nil {
		return err
	}
	if at := loneSurrogate(text); at >= 0 {
		return fmt.Errorf("the escape at byte %d is half of a surrogate pair", at+1)
	}
	return nil
}

// JSONWithBreaks is JSON for text in whose strings line breaks and tabs may be unescaped.
func JSONWithBreaks(text string) error { return JSON(spaceBreaks(text)) }

// spaceBreaks writes spaces for the line breaks and tabs in strings, so that places in the text stay the same.
func spaceBreaks(text string) string {
	var spaced []byte
	for i := 0; i < len(text); i++ {
		if text[i] != '"' {
			continue
		}
		end := min(endOfString(text, i), len(text))
		for ; i < end; i++ {
			if c := text[i]; c == '\t' || c == '\r' || c == '\n' {
				if spaced == nil {
					spaced = []byte(text)
				}
				spaced[i] = ' '
			}
		}
	}
	if spaced == nil {
		return text
	}
	return string(spaced)
}

// JSONDepth is how many arrays and objects are open at once where the most are. For text that is not
// well formed it is at most the true depth of what can be read of it.
func JSONDepth(text string) int {
	depth, deepest := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = endOfString(text, i)
		case '{', '[':
			depth++
			deepest = max(deepest, depth)
		case '}', ']':
			depth--
		}
	}
	return deepest
}

func jsonSyntax(text string) error {
	if json.Valid([]byte(text)) {
		return nil
	}
	if JSONDepth(text) > maxDepth {
		return fmt.Errorf("it is nested more than %d levels deep", maxDepth)
	}
	err := json.NewDecoder(strings.NewReader(text)).Decode(new(json.RawMessage))
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("it ends too early")
	}
	syntax := new(json.SyntaxError)
	errors.As(json.Unmarshal([]byte(text), new(json.RawMessage)), &syntax)
	return fmt.Errorf("it has a syntax error at byte %d", syntax.Offset)
}

// maxDepth is how deep encoding/json follows a text.
const maxDepth = 10_000

// loneSurrogate finds the first escape of a surrogate without its other half in well-formed JSON, or -1.
func loneSurrogate(text string) int {
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		first, ok := escapedUnit(text, i)
		if !ok {
			i++
			continue
		}
		if !utf16.IsSurrogate(first) {
			i += 5
			continue
		}
		second, _ := escapedUnit(text, i+6)
		if utf16.DecodeRune(first, second) == utf8.RuneError {
			return i
		}
		i += 11
	}
	return -1
}

// escapedUnit reads the UTF-16 code unit of an escape \uXXXX that begins at text[i].
func escapedUnit(text string, i int) (unit rune, ok bool) {
	if i+6 > len(text) || text[i] != '\\' || text[i+1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(text[i+2:i+6], 16, 16)
	return rune(n), err == nil
}

// endOfString returns the place of the quotation mark that ends the string begun at text[i].
func endOfString(text string, i int) int {
	for i++; i < len(text) && text[i] != '"'; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return i
}
