package lambdahttp

import (
	"encoding/base64"
	"net/http"

	"accounttasks/internal/api"
	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// readBody returns the body of an event. Text is decoded already; base64 holds the caller's own bytes.
func readBody(text string, isBase64 bool, header http.Header) api.Body {
	body := wire.Body{Bytes: []byte(text), ContentType: header.Get("Content-Type"), Decoded: !isBase64}
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
