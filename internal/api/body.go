package api

import (
	"errors"
	"fmt"
	"strings"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// bodyLimit is the maximum size of a body in bytes (contract section 6).
const bodyLimit = 2 << 20

// readBody returns the body for an operation that takes one.
func (c *call) readBody() (wire.Body, error) {
	var refusal *task.Error
	switch {
	case errors.As(c.body.Err, &refusal):
		return wire.Body{}, refusal
	case c.body.Err != nil:
		return wire.Body{}, &task.Error{Code: task.CodeMalformedBody, Reason: "The body ends too early: send all of it.", Cause: c.body.Err}
	case !isIdentity(c.Header.Values("Content-Encoding")):
		return wire.Body{}, &task.Error{Code: task.CodeUnsupportedMediaType, Reason: "Content-Encoding cannot be " +
			task.QuoteValue(strings.Join(c.Header.Values("Content-Encoding"), ", ")) + ": send the body as it is, without Content-Encoding."}
	case len(c.body.Bytes) > bodyLimit:
		return wire.Body{}, &task.Error{Code: task.CodePayloadTooLarge,
			Reason: fmt.Sprintf("The body cannot be larger than 2 MiB: send at most %d bytes.", bodyLimit)}
	}
	return c.body.Body, nil
}

// isIdentity reports whether the lines of Content-Encoding leave the body as it is.
func isIdentity(lines []string) bool {
	for _, coding := range strings.Split(strings.Join(lines, ","), ",") {
		if coding = strings.Trim(coding, " \t"); coding != "" && !strings.EqualFold(coding, "identity") {
			return false
		}
	}
	return true
}
