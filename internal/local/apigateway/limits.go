package apigateway

import (
	"bytes"
	"errors"
	"io"
	"net/http"
)

const (
	// maxHeadBytes is the quota on the request line and the header values.
	maxHeadBytes = 10240
	// maxBodyBytes is the quota on the payload.
	maxBodyBytes = 10 << 20
	// maxEventBytes is the quota on a function's event, with the body in base64. Assumed: the gateway answers an event
	// over this quota like a body over its own quota.
	maxEventBytes = 6 << 20
	// drainBytes is how much of a refused body is read before the connection is closed.
	drainBytes = 10 << 20
)

var errBodyTooLarge = errors.New("the body exceeds the gateway's quota")

// headSize measures the part of the request to which the quota applies. Header names do not count.
func headSize(r *http.Request) int {
	size := len(r.Method) + len(" ") + len(r.RequestURI) + len(" ") + len(r.Proto) + len(r.Host)
	for _, values := range r.Header {
		for _, value := range values {
			size += len(value)
		}
	}
	return size
}

// readBody returns the whole body or errBodyTooLarge.
func readBody(r *http.Request) ([]byte, error) {
	var body bytes.Buffer
	if _, err := body.ReadFrom(io.LimitReader(r.Body, maxBodyBytes+1)); err != nil {
		return nil, err
	}
	if body.Len() > maxBodyBytes {
		_, _ = io.CopyN(io.Discard, r.Body, drainBytes)
		return nil, errBodyTooLarge
	}
	return body.Bytes(), nil
}
