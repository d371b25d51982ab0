package api

import (
	"net/http"
	"net/url"
	"strings"
)

// splitPath returns the segments of an escaped path, each still escaped. Repeated slashes count as one, and one at the
// end does not count (contract section 5.24). The standard mux would answer such paths with a redirect, which clients
// follow without the body.
func splitPath(escaped string) []string {
	return strings.FieldsFunc(escaped, func(r rune) bool { return r == '/' })
}

// match reports whether a path is one of the route's, and gives the parameters in it. Paths match in any case and
// however they are escaped, as in the original.
func (rt route) match(path []string) (values map[string]string, ok bool) {
	pattern := splitPath(rt.pattern)
	if len(path) != len(pattern) {
		return nil, false
	}
	values = make(map[string]string, 1)
	for i, want := range pattern {
		got, err := url.PathUnescape(path[i])
		if err != nil {
			return nil, false
		}
		if name, isParameter := parameterName(want); isParameter {
			values[name] = got
			continue
		}
		// Letters beyond ASCII that fold to one of the pattern's are longer than it.
		if len(got) != len(want) || !strings.EqualFold(got, want) {
			return nil, false
		}
	}
	return values, true
}

// given returns the parameters of the route that the request has as path values already. ok is false where one is empty.
func (rt route) given(r *http.Request) (values map[string]string, ok bool) {
	for _, segment := range splitPath(rt.pattern) {
		if name, isParameter := parameterName(segment); isParameter && r.PathValue(name) == "" {
			return nil, false
		}
	}
	return nil, true
}

// parameterName returns the name of a parameter of a pattern.
func parameterName(segment string) (name string, ok bool) {
	name, ok = strings.CutPrefix(segment, "{")
	return strings.TrimSuffix(name, "}"), ok
}
