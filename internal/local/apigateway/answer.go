package apigateway

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// httpAnswer is the function's answer for the client.
type httpAnswer struct {
	status  int
	headers map[string]string
	cookies []string
	body    []byte
}

// writeAnswer converts the function's bytes into an HTTP answer. If they are not an answer, it writes the gateway's
// 500.
func writeAnswer(w http.ResponseWriter, payload []byte) {
	answer, err := parseAnswer(payload)
	if err != nil {
		refuse(w, http.StatusInternalServerError)
		return
	}
	dropped := answer.perConnection()
	for name, value := range answer.headers {
		if !dropped[strings.ToLower(name)] {
			w.Header().Set(name, value)
		}
	}
	for _, cookie := range answer.cookies {
		w.Header().Add("Set-Cookie", cookie)
	}
	w.WriteHeader(answer.status)
	_, _ = w.Write(answer.body) // the client may be gone
}

// perConnection returns the names of headers that the function cannot set. The
// server counts the length.
func (a httpAnswer) perConnection() map[string]bool {
	h := http.Header{}
	for name, value := range a.headers {
		h.Set(name, value)
	}
	names := perConnection(h)
	names["content-length"] = true
	return names
}

// parseAnswer reads both forms of an answer: an object with a statusCode, or anything else, which is the body of a 200.
func parseAnswer(payload []byte) (httpAnswer, error) {
	// Names are case-sensitive: a struct would accept StatusCode as well.
	var members map[string]json.RawMessage
	if err := json.Unmarshal(payload, &members); err != nil {
		if _, broken := errors.AsType[*json.SyntaxError](err); broken {
			return httpAnswer{}, fmt.Errorf("the function's answer is not JSON: %w", err)
		}
	}
	if members["statusCode"] == nil {
		return inferredAnswer(payload), nil
	}
	return formattedAnswer(members)
}

// inferredAnswer writes a text without its quotes, and everything else as it is.
func inferredAnswer(payload []byte) httpAnswer {
	body := payload
	var text string
	if bytes.HasPrefix(bytes.TrimSpace(payload), []byte(`"`)) && json.Unmarshal(payload, &text) == nil {
		body = []byte(text)
	}
	return httpAnswer{
		status: http.StatusOK, body: body,
		headers: map[string]string{"Content-Type": "application/json"},
	}
}

// formattedAnswer reads the members of a version 2.0 answer. Header values and the status may be numbers or texts.
func formattedAnswer(members map[string]json.RawMessage) (httpAnswer, error) {
	var headers map[string]json.RawMessage
	var cookies []string
	var body string
	var isBase64 bool
	for name, into := range map[string]any{"headers": &headers, "cookies": &cookies, "body": &body, "isBase64Encoded": &isBase64} {
		written, given := members[name]
		if !given {
			continue
		}
		if err := json.Unmarshal(written, into); err != nil {
			return httpAnswer{}, fmt.Errorf("the function's answer is not of version 2.0: %s: %w", name, err)
		}
	}
	status, err := strconv.Atoi(plainText(members["statusCode"]))
	// A status below 200 is an interim answer, which needs a final one.
	if err != nil || status < http.StatusOK || status > 599 {
		return httpAnswer{}, fmt.Errorf("status %s is not a final HTTP status", members["statusCode"])
	}
	content := []byte(body)
	if isBase64 {
		if content, err = base64.StdEncoding.DecodeString(body); err != nil {
			return httpAnswer{}, fmt.Errorf("the body is not base64: %w", err)
		}
	}
	return httpAnswer{status: status, headers: headerTexts(headers), cookies: cookies, body: content}, nil
}

// plainText is what a JSON text says, and every other value as it is written.
func plainText(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil && value[0] == '"' {
		return text
	}
	return string(value)
}

// headerTexts adds the default Content-Type. Assumed: it is that of plain text.
func headerTexts(written map[string]json.RawMessage) map[string]string {
	headers := map[string]string{"Content-Type": "text/plain;charset=UTF-8"}
	for name, value := range written {
		headers[http.CanonicalHeaderKey(name)] = plainText(value)
	}
	return headers
}
