package api

import (
	"net/http"
	"slices"
	"strings"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// route is one operation of the contract.
type route struct {
	method    string
	pattern   string // a path with {name} for each parameter
	operation string // the operation's name in log and metrics
	scope     string // what a caller's token must grant
	shape     wire.Shape
	query     []parameter // those that the operation takes
	operate   handler
}

// routes is the route table. If several patterns match the same path, literal ones come first.
type routes []route

// route finds the route of a call and stores the parameters of its path in the call's path values. It returns the
// refusal if there is no route.
func (a *API) route(c *call) *answer {
	found, allow := a.routes.find(c)
	if found != nil {
		c.route = found
		return nil
	}
	elsewhere, alternative := a.elsewhere, ""
	if len(allow) == 0 {
		if found, allow = a.others.find(c); found != nil {
			elsewhere = "write " + found.pattern + " exactly so"
		}
	}
	if pattern, ok := a.inAnotherVersion(c); ok && found == nil {
		elsewhere = "send " + strings.ToUpper(c.Method) + " to " + pattern
		alternative = ", or " + elsewhere
	}
	if len(allow) > 0 {
		ans := fail(&task.Error{Code: task.CodeMethodNotAllowed,
			Reason: "This path does not take " + task.Quote(c.Method) + ": send " + alternatives(allow) + alternative + "."})
		ans.setHeader("Allow", strings.Join(allow, ", "))
		return &ans
	}
	ans := fail(&task.Error{Code: task.CodeRouteNotFound,
		Reason: "There is nothing at this path: " + elsewhere + "."})
	return &ans
}

// inAnotherVersion finds the path that takes the call's method and differs from the call's only in its second segment:
// tasks are registered at /api/v2, and everything else is at /api/v1.
func (a *API) inAnotherVersion(c *call) (pattern string, ok bool) {
	path := splitPath(c.URL.EscapedPath())
	for _, rt := range slices.Concat(a.routes, a.others) {
		segments := splitPath(rt.pattern)
		if len(path) != len(segments) || len(path) == 1 || !rt.takes(c.Method) {
			continue
		}
		path[1] = segments[1]
		if _, ok := rt.match(path); ok {
			return rt.pattern, true
		}
	}
	return "", false
}

// alternatives writes a list for a sentence.
func alternatives(list []string) string {
	last := len(list) - 1
	if last == 0 {
		return list[0]
	}
	return strings.Join(list[:last], ", ") + " or " + list[last]
}

// find returns the route for the call's path and method, or else the methods that the path allows. A GET route serves
// HEAD too.
func (table routes) find(c *call) (found *route, allow []string) {
	given := slices.ContainsFunc(table, func(rt route) bool { return rt.pattern == c.Pattern })
	path := splitPath(c.URL.EscapedPath())
	for i, rt := range table {
		if given && rt.pattern != c.Pattern {
			continue
		}
		values, ok := rt.match(path)
		if given {
			values, ok = rt.given(c.Request)
		}
		if !ok {
			continue
		}
		if c.pattern == "" {
			c.pattern = rt.pattern
		}
		if rt.takes(c.Method) {
			c.pattern = rt.pattern
			for name, value := range values {
				c.SetPathValue(name, value)
			}
			return &table[i], nil
		}
		allow = append(allow, rt.methods()...)
	}
	return nil, allow
}

// methods are the methods that the route serves.
func (rt route) methods() []string {
	if rt.method == http.MethodGet {
		return []string{http.MethodGet, http.MethodHead}
	}
	return []string{rt.method}
}

func (rt route) takes(method string) bool {
	return slices.ContainsFunc(rt.methods(), func(served string) bool { return strings.EqualFold(served, method) })
}
