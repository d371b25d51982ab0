package task

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing that is wrong with a request.
type Problem struct {
	Field Field
	// Code is the code of an answer in which nothing else is wrong.
	Code Code
	// Sentence names the field as the caller wrote it, the value where it helps, and what would be right.
	Sentence string
}

// Problems are the things that are wrong with one request. The contract requires that an answer names all of them.
type Problems []Problem

// Has reports whether a problem of the field is known already.
func (p Problems) Has(f Field) bool {
	return slices.ContainsFunc(p, func(problem Problem) bool { return problem.Field == f })
}

// Err returns an error that names every problem, or nil if there is none. A single problem decides the
// code; several have the code CodeInvalidRequest.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	sorted := slices.Clone(p)
	slices.SortStableFunc(sorted, func(a, b Problem) int { return int(a.Field.place - b.Field.place) })
	code := sorted[0].Code
	if len(sorted) > 1 {
		code = CodeInvalidRequest
	}
	sentences := make([]string, len(sorted))
	for i, problem := range sorted {
		sentences[i] = problem.Sentence
	}
	return &Error{Code: code, Reason: strings.Join(sentences, " ")}
}

// add adds a problem with the code CodeInvalidRequest.
func (p *Problems) add(f Field, format string, args ...any) {
	p.addCode(CodeInvalidRequest, f, format, args...)
}

func (p *Problems) addCode(code Code, f Field, format string, args ...any) {
	*p = append(*p, Problem{Field: f, Code: code, Sentence: fmt.Sprintf(format, args...)})
}

// AddInvalid adds a problem: the field, which the caller called name, cannot have this value. It is text as sent, or a
// word for a value that is not text.
func (p *Problems) AddInvalid(f Field, name, value string) {
	p.add(f, "%s cannot be %s: send %s.", Quote(name), value, f.want)
}

// AddMissing adds a problem: a required field was not sent.
func (p *Problems) AddMissing(f Field) {
	p.add(f, "%s is required: send %s.", f, f.want)
}

// quoteLimit is how many characters of a caller's text an answer repeats.
const quoteLimit = 40

// Quote prepares a caller's text for a sentence: cut short, and safe in every answer format. A plain
// word or number has no quotation marks.
func Quote(text string) string {
	if isWord(text) {
		return text
	}
	return QuoteValue(text)
}

// QuoteValue prepares a caller's value for a sentence, always in quotation marks.
func QuoteValue(text string) string {
	cut := text
	if runes := []rune(firstBytes(text)); len(runes) > quoteLimit {
		cut = string(runes[:quoteLimit]) + "…"
	}
	return fmt.Sprintf("%q", cut)
}

// firstBytes bounds the work on a huge value; the longest rune has four bytes.
func firstBytes(text string) string { return text[:min(len(text), 4*(quoteLimit+1))] }

func isWord(text string) bool {
	if text == "" || len(text) > quoteLimit {
		return false
	}
	for _, r := range text {
		if !(strings.ContainsRune("+-.", r) || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') {
			return false
		}
	}
	return true
}
