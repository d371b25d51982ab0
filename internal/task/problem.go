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

// Problems are the things that are wrong with one request. The contract wants all of them named at once.
type Problems []Problem

// Has tells whether something is wrong with the field already.
func (p Problems) Has(f Field) bool {
	return slices.ContainsFunc(p, func(problem Problem) bool { return problem.Field == f })
}

// Err is the refusal that names every problem, or nil where there is none. A single problem gives the
// answer its own code; several are an invalid request.
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

// add notes a problem of the kind that makes a request invalid.
func (p *Problems) add(f Field, format string, args ...any) {
	p.addCode(CodeInvalidRequest, f, format, args...)
}

func (p *Problems) addCode(code Code, f Field, format string, args ...any) {
	*p = append(*p, Problem{Field: f, Code: code, Sentence: fmt.Sprintf(format, args...)})
}

// AddInvalid notes that the field, which the caller called name, cannot have this value: text as the caller sent it, or a
// word for what is no text.
func (p *Problems) AddInvalid(f Field, name, value string) {
	p.add(f, "%s cannot be %s: send %s.", Quote(name), value, f.want)
}

// AddMissing notes that a required field was not sent.
func (p *Problems) AddMissing(f Field) {
	p.add(f, "%s is required: send %s.", f, f.want)
}

// quoteLimit is how many characters of a caller's text an answer repeats.
const quoteLimit = 40

// Quote writes text of a caller into a sentence: cut short, and safe in every answer format. A plain
// word or number stays bare.
func Quote(text string) string {
	if isWord(text) {
		return text
	}
	return QuoteValue(text)
}

// QuoteValue writes a caller's value into a sentence, always in quotation marks.
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
