package apigateway

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"
)

// eventIdentity identifies one request in logs, traces and the answer.
type eventIdentity struct {
	requestID string
	traceID   string
}

// newEventIdentity makes random identifiers, but keeps the trace of the caller.
func newEventIdentity(r *http.Request) eventIdentity {
	traceID := r.Header.Get("X-Amzn-Trace-Id")
	if traceID == "" {
		traceID = "Root=1-" + strconv.FormatInt(time.Now().Unix(), 16) + "-" + hex.EncodeToString(random(12))
	}
	return eventIdentity{requestID: base64.RawURLEncoding.EncodeToString(random(11)) + "=", traceID: traceID}
}

// random never fails: crypto/rand ends the program instead.
func random(size int) []byte {
	bytes := make([]byte, size)
	_, _ = rand.Read(bytes)
	return bytes
}
