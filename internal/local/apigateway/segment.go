package apigateway

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"
)

// segmentKind orders segments by how specific they are, the most specific first.
type segmentKind int

const (
	literal segmentKind = iota
	variable
	greedy
)

// segment is one part of a route's path between slashes.
type segment struct {
	kind segmentKind
	text string // the literal, or the variable's name
}

func parseSegments(path string) ([]segment, error) {
	rest, rooted := strings.CutPrefix(path, "/")
	if !rooted {
		return nil, fmt.Errorf("the path does not begin with a slash")
	}
	parts := strings.Split(rest, "/")
	segments := make([]segment, 0, len(parts))
	for i, part := range parts {
		s, err := parseSegment(part)
		if err != nil {
			return nil, err
		}
		if s.kind == greedy && i != len(parts)-1 {
			return nil, fmt.Errorf("%s is not the last segment", part)
		}
		segments = append(segments, s)
	}
	return segments, nil
}

func parseSegment(part string) (segment, error) {
	inner, opened := strings.CutPrefix(part, "{")
	inner, closed := strings.CutSuffix(inner, "}")
	if !opened && !closed && !strings.ContainsAny(part, "{}") {
		return segment{literal, part}, nil
	}
	name, isGreedy := strings.CutSuffix(inner, "+")
	if !opened || !closed || name == "" || strings.ContainsAny(name, "{}+") {
		return segment{}, fmt.Errorf("segment %q is neither text nor one variable", part)
	}
	if isGreedy {
		return segment{greedy, name}, nil
	}
	return segment{variable, name}, nil
}

// accepts reports whether a request with this path, still percent-encoded, matches the route. A variable has at least
// one character.
func (c *compiledRoute) accepts(method string, path []string) bool {
	if c.route.Method != AnyMethod && c.route.Method != method {
		return false
	}
	for i, s := range c.segments {
		if i >= len(path) {
			return false
		}
		switch {
		case s.kind == greedy:
			return strings.Join(path[i:], "/") != ""
		case s.kind == variable && path[i] == "":
			return false
		case s.kind == literal && decoded(path[i]) != s.text:
			return false
		}
	}
	return len(path) == len(c.segments)
}

// beats reports whether this route is more specific: the first segment of a
// different kind decides, then the method.
func (c *compiledRoute) beats(other *compiledRoute) bool {
	for i := range min(len(c.segments), len(other.segments)) {
		if order := cmp.Compare(c.segments[i].kind, other.segments[i].kind); order != 0 {
			return order < 0
		}
	}
	return c.route.Method != AnyMethod && other.route.Method == AnyMethod
}

// parameters returns the values of the path parameters, decoded, or nil.
func (c *compiledRoute) parameters(path []string) map[string]string {
	var values map[string]string
	for i, s := range c.segments {
		if s.kind == literal {
			continue
		}
		if values == nil {
			values = map[string]string{}
		}
		if s.kind == greedy {
			values[s.text] = decoded(strings.Join(path[i:], "/"))
		} else {
			values[s.text] = decoded(path[i])
		}
	}
	return values
}

// decoded removes percent-encoding. The server has already refused malformed encodings.
func decoded(text string) string {
	plain, err := url.PathUnescape(text)
	if err != nil {
		return text
	}
	return plain
}
