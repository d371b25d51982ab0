package api

import (
	"net/http"
	"net/url"
	"strings"
)

// splitPath returns the segments of an escaped path, each still escaped. Repeated slashes count as one, and a slash at
// the end is ignored (contract section 5.24). The standard mux would answer such paths with a redirect, which clients
// follow without the body.
func splitPath(escaped string) []string {
	return strings.FieldsFunc(escaped, func(r rune) bool { return r == '/' })
}

// match reports whether a path matches the route, and returns the parameters in it. Paths match in any case and with
// any escaping, as in the original.
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
		// Non-ASCII letters that fold to an ASCII letter of the pattern take more bytes.
		if len(got) != len(want) || !strings.EqualFold(got, want) {
			return nil, false
		}
	}
	return values, true
}

// given returns the parameters of the route if the request has them as path values already. ok is false if one is
// empty.
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
