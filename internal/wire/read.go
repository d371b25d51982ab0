package wire

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"accounttasks/internal/task"
)

// depthLimit is how many elements, objects and arrays may be open at once, as in the original.
const depthLimit = 256

// reader reads the text of a body into a draft. The error says what makes the text ill-formed; fields
// that cannot be read are problems of the draft.
type reader func(body source, d *task.UpdateRequest) error

// source is a body with what its Content-Type says of its bytes.
type source struct {
	bytes   []byte
	charset string
}

// text decodes the body. encoding is the charset that was used.
func (s source) text() (text, encoding string, err error) {
	text, encoding, ok := decodeText(s.bytes, s.charset)
	if !ok {
		return "", "", errUndecoded
	}
	if strings.TrimSpace(text) == "" {
		return "", "", errEmpty
	}
	return text, encoding, nil
}

var errUndecoded = malformed("The body cannot be decoded: send UTF-8, or UTF-16 with charset=utf-16 in Content-Type.")

var errEmpty = malformed("The body is required: send an AccountTaskUpdateRequest.")

func malformed(format string, args ...any) error {
	return &task.Error{Code: task.CodeMalformedBody, Reason: fmt.Sprintf(format, args...)}
}

// Read reads a body as the original binds it (contract section 4, with the decisions 3 to 8 of section 5).
// The error has code CodeMalformedBody or CodeUnsupportedMediaType; fields that cannot be read are among
// the draft's problems.
func Read(ctx context.Context, contentType string, body []byte) (task.UpdateRequest, error) {
	var d task.UpdateRequest
	if len(bytes.TrimSpace(bytes.TrimPrefix(body, []byte(byteOrderMark)))) == 0 {
		return d, errEmpty
	}
	sent, _ := parseContentType(contentType)
	read := readerFor(sent)
	if read == nil {
		return d, unsupported(contentType)
	}
	s := source{bytes: body, charset: sent.parameters["charset"]}
	if decoded(ctx) {
		s.charset = ""
	}
	err := read(s, &d)
	return d, err
}

func unsupported(contentType string) error {
	wrong := "is required"
	if contentType != "" {
		wrong = "cannot be " + task.QuoteValue(contentType)
	}
	return &task.Error{Code: task.CodeUnsupportedMediaType, Reason: "Content-Type " + wrong +
		": send application/json, text/json, application/xml, text/xml or application/x-www-form-urlencoded."}
}

// readerFor chooses the reader. A range such as text/* is read as JSON, which the original tries first.
func readerFor(sent mediaType) reader {
	switch {
	case sent.matches("application", "json"), sent.matches("text", "json"):
		return readJSON
	case sent.matches("application", "xml"), sent.matches("text", "xml"):
		return readXML
	case sent.matches("application", "x-www-form-urlencoded"):
		return readForm
	}
	return nil
}

type decodedKey struct{}

// WithDecodedBody marks a request whose body is UTF-8 whatever its Content-Type says: a gateway event that
// carries it as text has decoded it already.
func WithDecodedBody(ctx context.Context) context.Context {
	return context.WithValue(ctx, decodedKey{}, true)
}

func decoded(ctx context.Context) bool { return ctx.Value(decodedKey{}) != nil }
