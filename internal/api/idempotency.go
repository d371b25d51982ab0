package api

import (
	"net/http"
	"strings"

	"accounttasks/internal/task"
)

// keyLimit is the maximum number of characters of an Idempotency-Key (contract section 5.13).
const keyLimit = 255

// readIdempotencyKey reads the key of a request and adds a problem if it is bad.
func readIdempotencyKey(header http.Header, problems *task.Problems) string {
	key, ok := parseIdempotencyKey(header.Values(idempotencyKey.String()))
	if !ok {
		idempotencyKey.addInvalid(header, problems)
	}
	return key
}

// parseIdempotencyKey reads the Idempotency-Key lines of a request. Without a line there is no key. A proxy or gateway
// may have joined repeated lines with commas: the same key several times counts as that key once (contract section
// 5.23).
func parseIdempotencyKey(lines []string) (key string, ok bool) {
	if len(lines) == 0 {
		return "", true
	}
	sent := strings.Split(strings.Join(lines, ","), ",")
	key = strings.Trim(sent[0], " \t")
	for _, repeated := range sent[1:] {
		if strings.Trim(repeated, " \t") != key {
			return "", false
		}
	}
	return key, isVisible(key) && len(key) <= keyLimit
}

// isVisible reports whether text has at least one character and only visible ASCII characters.
func isVisible(text string) bool {
	for i := range len(text) {
		if text[i] < 0x21 || text[i] > 0x7E {
			return false
		}
	}
	return text != ""
}
