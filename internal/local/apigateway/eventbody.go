package apigateway

import (
	"encoding/base64"
	"mime"
	"strings"
	"unicode/utf8"
)

// eventBody returns the body in the form of the event. Known of HTTP APIs: text/* and three application types are text;
// everything else is base64, also forms and bodies without a type. Parameters of the type make no difference. Assumed:
// bytes that are not UTF-8 are base64 with any type, because a JSON event cannot carry them unchanged otherwise.
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
		// A malformed parameter does not affect the type before it.
		mediaType, _, _ = strings.Cut(contentType, ";")
		mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	}
	switch mediaType {
	case "application/json", "application/xml", "application/javascript":
		return true
	}
	return strings.HasPrefix(mediaType, "text/")
}
