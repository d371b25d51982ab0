package wire

import (
	"bytes"
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

// Body is the body of a request, with what is known of its bytes.
type Body struct {
	Bytes []byte
	// ContentType is the value of the header Content-Type; empty where there is none.
	ContentType string
	// Decoded tells that the bytes are UTF-8 whatever charset ContentType declares: a gateway event that carries
	// the body as text has decoded it already.
	Decoded bool
}

// Read reads a body as the original binds it (contract section 4, with the decisions 3 to 8 of section 5).
// The error has code CodeMalformedBody or CodeUnsupportedMediaType; fields that cannot be read are among
// the draft's problems.
func Read(body Body) (task.UpdateRequest, error) {
	var d task.UpdateRequest
	if len(bytes.TrimSpace(bytes.TrimPrefix(body.Bytes, []byte(byteOrderMark)))) == 0 {
		return d, errEmpty
	}
	sent, _ := parseContentType(body.ContentType)
	read := readerFor(sent)
	if read == nil {
		return d, unsupported(body.ContentType)
	}
	s := source{bytes: body.Bytes, charset: sent.parameters["charset"]}
	if body.Decoded {
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
