package api

import (
	"net/http"
	"net/url"
	"strings"

	"accounttasks/internal/task"
)

// route is one operation of the contract. The last segment of its pattern is the {id}.
type route struct {
	method  string
	pattern string
	scope   string
	handle  func(r *http.Request, caller task.Caller, id string) answer
}

// find gives the route of a request and the id in its path. Paths match in any case, however they are
// escaped, and with a slash at the end, as in the original. The error has code CodeRouteNotFound, or
// CodeMethodNotAllowed together with the routes that the path has for other methods.
func (a *API) find(r *http.Request) (found []route, id string, err *task.Error) {
	for _, candidate := range a.routes {
		segment, ok := candidate.match(r.URL.EscapedPath())
		if !ok {
			continue
		}
		if strings.EqualFold(candidate.method, r.Method) {
			return []route{candidate}, segment, nil
		}
		found = append(found, candidate)
	}
	if len(found) == 0 {
		return nil, "", &task.Error{Code: task.CodeRouteNotFound,
			Reason: "There is nothing at this path: send updates to " + a.routes[0].pattern + "."}
	}
	return found, "", &task.Error{Code: task.CodeMethodNotAllowed,
		Reason: "This path does not take " + task.Quote(r.Method) + ": send " + allowed(found).Get("Allow") + "."}
}

// match tells whether an escaped path is one of the route's, and gives the id in it.
func (rt route) match(escapedPath string) (id string, ok bool) {
	prefix := strings.TrimSuffix(rt.pattern, "{id}")
	path := strings.TrimSuffix(escapedPath, "/")
	last := strings.LastIndexByte(path, '/') + 1
	start, err := url.PathUnescape(path[:last])
	// Letters beyond ASCII that fold to one of the pattern's are longer than it.
	if err != nil || len(start) != len(prefix) || !strings.EqualFold(start, prefix) {
		return "", false
	}
	id, err = url.PathUnescape(path[last:])
	return id, err == nil && id != ""
}

// allowed is the Allow header of a path with these routes, or nothing where it has none.
func allowed(routes []route) http.Header {
	if len(routes) == 0 {
		return nil
	}
	methods := make([]string, len(routes))
	for i, rt := range routes {
		methods[i] = rt.method
	}
	return http.Header{"Allow": {strings.Join(methods, ", ")}}
}
