package lambdahttp

import "net/http"

// setHeaders sets the header fields of an HTTP API event, each as one line, because the gateway has joined repeated
// lines with commas. A field that is null in the event counts as missing (contract section 5.25).
func setHeaders(r *http.Request, payload []byte, headers map[string]string) {
	nulls := nullHeaders(payload, headers)
	for name, value := range headers {
		if !nulls[name] {
			r.Header.Set(name, value)
		}
	}
}

// nullHeaders returns the names of the header fields of an event that are null. After decoding they look like empty
// ones.
func nullHeaders(payload []byte, headers map[string]string) map[string]bool {
	hasEmpty := false
	for _, value := range headers {
		hasEmpty = hasEmpty || value == ""
	}
	if !hasEmpty {
		return nil
	}
	var event struct{ Headers map[string]*string }
	decode(payload, &event)
	nulls := make(map[string]bool)
	for name, value := range event.Headers {
		nulls[name] = value == nil
	}
	return nulls
}

// withoutNulls returns the header fields of a REST event, without fields that are null and without null lines.
func withoutNulls(payload []byte, headers map[string]string, lists map[string][]string) (map[string]string, map[string][]string) {
	for name, isNull := range nullHeaders(payload, headers) {
		if isNull {
			delete(headers, name)
		}
	}
	for _, values := range lists {
		for _, value := range values {
			if value == "" {
				return headers, presentLines(payload)
			}
		}
	}
	return headers, lists
}

// presentLines returns the lines of the header fields of a REST event that are not null.
func presentLines(payload []byte) map[string][]string {
	var event struct{ MultiValueHeaders map[string][]*string }
	decode(payload, &event)
	present := make(map[string][]string, len(event.MultiValueHeaders))
	for name, lines := range event.MultiValueHeaders {
		for _, line := range lines {
			if line != nil {
				present[name] = append(present[name], *line)
			}
		}
	}
	return present
}
