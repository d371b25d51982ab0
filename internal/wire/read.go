package wire

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"accounttasks/internal/task"
)

// depthLimit is how many elements, objects and arrays may be open at once, as in the original.
const depthLimit = 256

// reader reads the text of a body into the fields of a request. The error says what makes the text ill-formed;
// fields that cannot be read are problems of the request.
type reader func(body source, r request) error

// source is a body with what its Content-Type says about its bytes.
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

// errEmpty: the body is empty. The reader does not know which body is required.
var errEmpty = errors.New("the body is empty")

// required returns the error for an empty body.
func (r request) required() error { return malformed("The body is required: send %s.", r.article()) }

func malformed(format string, args ...any) error {
	return &task.Error{Code: task.CodeMalformedBody, Reason: fmt.Sprintf(format, args...)}
}

// Body is the body of a request, with what is known about its bytes.
type Body struct {
	Bytes []byte
	// ContentType is the value of the header Content-Type; empty where there is none.
	ContentType string
	// Decoded says that the bytes are UTF-8 whatever charset ContentType declares: a gateway event that carries
	// the body as text has decoded it already.
	Decoded bool
}

// ReadUpdate reads the body of an update. The error is one of ReadRequest.
func ReadUpdate(body Body) (update task.UpdateRequest, err error) {
	err = ReadRequest(body, "AccountTaskUpdateRequest", update.Slots(), &update.Reading)
	return update, err
}

// ReadRegistration reads the body of a registration. An Enabled that is sent counts (contract section 5.16). The error
// is one of ReadRequest.
func ReadRegistration(body Body) (registration task.RequestBody, err error) {
	err = ReadRequest(body, "AccountTaskRequest", registration.Slots(), &registration.Reading)
	return registration, err
}

// ReadRequest reads a body into the slots of its fields, as the original binds it (contract section 4, with the
// decisions 3 to 8 of section 5). name is the published name of the body. The error has code CodeMalformedBody or
// CodeUnsupportedMediaType; fields that cannot be read are among the problems of the reading.
func ReadRequest(body Body, name string, slots []task.Slot, reading *task.Reading) error {
	r := request{name, slots, reading}
	if len(bytes.TrimSpace(bytes.TrimPrefix(body.Bytes, []byte(byteOrderMark)))) == 0 {
		return r.required()
	}
	sent, _ := parseContentType(body.ContentType)
	read := readerFor(sent)
	if read == nil {
		return unsupported(body.ContentType)
	}
	s := source{bytes: body.Bytes, charset: sent.parameters["charset"]}
	if body.Decoded {
		s.charset = ""
	}
	err := read(s, r)
	if err == errEmpty {
		return r.required()
	}
	return err
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
