package lambdahttp

import (
	"encoding/base64"
	"net/http"
	"strings"

	"accounttasks/internal/api"
	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// readBody returns the body of an event. Text is decoded already, unless it has zeros; base64 holds the caller's own bytes.
func readBody(text string, isBase64 bool, header http.Header) api.Body {
	body := wire.Body{Bytes: []byte(text), ContentType: header.Get("Content-Type"), Decoded: !isBase64 && !isUTF16(text)}
	if !isBase64 {
		return api.Body{Body: body}
	}
	decoded, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return api.Body{Err: errBase64}
	}
	body.Bytes = decoded
	return api.Body{Body: body}
}

// errBase64 refuses a body that is not the base64 that its event says it is.
var errBase64 = &task.Error{Code: task.CodeMalformedBody, Reason: "The body is not the base64 that its event says it is: send valid base64, or isBase64Encoded as false."}

// isUTF16 reports whether text may be undecoded UTF-16: ASCII in UTF-16 is valid UTF-8, with a zero in each character, which
// no format of the contract can have. With U+FFFD in it, the gateway has replaced bytes, and they are lost.
func isUTF16(text string) bool {
	return strings.Contains(text, "\x00") && !strings.Contains(text, "\ufffd")
}
