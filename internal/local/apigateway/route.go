package apigateway

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

const (
	// DefaultPath is the path of the route for all requests that match no other route.
	DefaultPath = "$default"
	// AnyMethod is the method of a route for all methods.
	AnyMethod = "ANY"
)

// Route is one entry of the API.
type Route struct {
	// Function names the route's function for the Invoker.
	Function string
	// Method is an HTTP method in upper case or AnyMethod; empty for $default.
	Method string
	// Path is DefaultPath, or begins with a slash and may have {name} segments
	// and a last {name+} segment.
	Path string
	// Timeout shortens the gateway's limit for this route, if positive.
	Timeout time.Duration
}

// Key is the route's name in events and in the console.
func (r Route) Key() string {
	if r.Path == DefaultPath {
		return DefaultPath
	}
	return r.Method + " " + r.Path
}

// routeMatch is a route with the values of its path parameters.
type routeMatch struct {
	route      Route
	parameters map[string]string
}

// routeTable finds the route of a request.
type routeTable struct {
	routes   []compiledRoute
	fallback *Route
}

// compiledRoute is a route with its path parsed.
type compiledRoute struct {
	route    Route
	segments []segment
}

func newRouteTable(routes []Route) (routeTable, error) {
	var table routeTable
	seen := map[string]bool{}
	for _, route := range routes {
		if seen[route.Key()] {
			return routeTable{}, fmt.Errorf("route %q is declared twice", route.Key())
		}
		seen[route.Key()] = true
		if route.Path == DefaultPath {
			table.fallback = &route
			continue
		}
		segments, err := parseSegments(route.Path)
		if err != nil {
			return routeTable{}, fmt.Errorf("route %q: %w", route.Key(), err)
		}
		table.routes = append(table.routes, compiledRoute{route, segments})
	}
	return table, nil
}

// match finds the most specific route for method and path, or else $default. The comparison is exact, with regard to
// case and to a slash at the end.
func (t routeTable) match(method string, u *url.URL) (routeMatch, bool) {
	// Assumed: an encoded slash does not separate segments.
	path := strings.Split(strings.TrimPrefix(u.EscapedPath(), "/"), "/")
	var best *compiledRoute
	for i := range t.routes {
		candidate := &t.routes[i]
		if candidate.accepts(method, path) && (best == nil || candidate.beats(best)) {
			best = candidate
		}
	}
	switch {
	case best != nil:
		return routeMatch{best.route, best.parameters(path)}, true
	case t.fallback != nil:
		return routeMatch{route: *t.fallback}, true
	default:
		return routeMatch{}, false
	}
}
