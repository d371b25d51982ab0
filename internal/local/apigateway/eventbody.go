package apigateway

import (
	"encoding/base64"
	"mime"
	"strings"
	"unicode/utf8"
)

// eventBody returns the body as the event carries it. Known of HTTP APIs: text/*
// and three application types come as text, everything else as base64, forms and
// bodies without a type included; parameters of the type make no difference.
// Assumed: bytes that are not UTF-8 come as base64 whatever their type says, because
// a JSON event has no other way to carry them unchanged.
func eventBody(contentType string, body []byte) (text string, isBase64 bool) {
	if len(body) == 0 {
		return "", false
	}
	if isText(contentType) && utf8.Valid(body) {
		return string(body), false
	}
	return base64.StdEncoding.EncodeToString(body), true
}

func isText(contentType string) bool {
	mediaType, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		// A parameter that cannot be read does not hide the type before it.
		mediaType, _, _ = strings.Cut(contentType, ";")
		mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	}
	switch mediaType {
	case "application/json", "application/xml", "application/javascript":
		return true
	}
	return strings.HasPrefix(mediaType, "text/")
}
