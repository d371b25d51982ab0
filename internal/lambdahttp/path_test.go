package lambdahttp_test

import (
	"testing"

	"accounttasks/internal/task"
)

func TestPathOfHTTPAPIEvents(t *testing.T) {
	const prefix = "/api/v1/admin/tasks/account/"
	inPath := func(key string, id any) func(object) {
		return func(event object) {
			with("PUT "+key, "routeKey")(event)
			with(id, "pathParameters", "id")(event)
		}
	}
	afterBase := func(event object) {
		with("/base"+taskPath, "rawPath")(event)
		with("/base"+taskPath, "requestContext", "http", "path")(event)
	}
	for _, test := range []struct {
		name    string
		changes []func(object)
		want    task.Code
	}{
		{"plain", nil, ""},
		{"decoded", []func(object){with(prefix+"{"+taskID+"} ", "rawPath")}, ""},
		{"a question mark that was escaped", []func(object){with(prefix+taskID+"?x=y", "rawPath")}, task.CodeInvalidRequest},
		{"a percent sign that was escaped", []func(object){with(prefix+"a%zz", "rawPath")}, task.CodeInvalidRequest},
		{"an escape that was escaped", []func(object){with(prefix+"%7B"+taskID+"%7D", "rawPath")}, task.CodeInvalidRequest},
		{"a hash that was escaped", []func(object){with(prefix+taskID+"#x", "rawPath")}, task.CodeInvalidRequest},
		{"a control character", []func(object){with(prefix+taskID+"\n", "rawPath")}, ""},
		{"a slash that was escaped", []func(object){with(prefix+taskID+"/x", "rawPath")}, task.CodeRouteNotFound},
		{"no path", []func(object){with("", "rawPath"), with("/a?b=c", "requestContext", "http", "path")}, task.CodeRouteNotFound},
		{"no slash at the start", []func(object){with(taskPath[1:], "rawPath")}, ""},
		{"two slashes at the start", []func(object){with("/"+taskPath, "rawPath")}, ""},

		{"a stage", []func(object){with("prod", "requestContext", "stage"), with("/prod"+taskPath, "rawPath")}, ""},
		{"a stage in the middle of a name", []func(object){with("ap", "requestContext", "stage")}, ""},
		{"a stage that the path does not begin with", []func(object){with("prod", "requestContext", "stage")}, ""},
		{"a stage alone", []func(object){with("prod", "requestContext", "stage"), with("/prod", "rawPath")}, task.CodeRouteNotFound},
		{"a stage once more", []func(object){with("prod", "requestContext", "stage"), with("/prod/prod"+taskPath, "rawPath"), with("/prod/prod"+taskPath, "requestContext", "http", "path")}, task.CodeRouteNotFound},

		{"the route's parameter", []func(object){inPath(template, taskID)}, ""},
		{"the parameter after a base path", []func(object){inPath(template, taskID), with("/base"+taskPath, "rawPath")}, ""},
		{"the parameter with spaces", []func(object){inPath(template, " ("+taskID+")")}, ""},
		{"a parameter with a question mark", []func(object){inPath(template, taskID+"?b=c")}, task.CodeInvalidRequest},
		{"a parameter with a slash", []func(object){inPath(template, taskID+"/x")}, task.CodeInvalidRequest},
		{"a parameter with dots", []func(object){inPath(template, "../"+taskID)}, task.CodeInvalidRequest},
		{"a parameter with an escape", []func(object){inPath(template, "%7B"+taskID+"%7D")}, task.CodeInvalidRequest},
		{"an empty parameter", []func(object){inPath(template, "")}, task.CodeRouteNotFound},
		{"a parameter of the wrong type", []func(object){inPath(template, 5)}, task.CodeRouteNotFound},
		{"another parameter", []func(object){inPath("/api/v1/admin/tasks/account/{task}", "x")}, ""},
		{"a greedy parameter", []func(object){inPath("/{id+}", "x")}, ""},
		{"a greedy parameter after a base path", []func(object){with("ANY /{proxy+}", "routeKey"), with(taskPath[1:], "pathParameters", "proxy"), afterBase}, ""},
		{"a greedy parameter after a base path, slashes at the end and repeated", []func(object){
			with("ANY /{proxy+}", "routeKey"), with(taskPath[1:], "pathParameters", "proxy"), with("/base/"+taskPath+"//", "rawPath")}, ""},
		{"a greedy parameter after a literal and a base path", []func(object){
			with("ANY /api/{proxy+}", "routeKey"), with(taskPath[5:], "pathParameters", "proxy"), afterBase}, ""},
		{"the default route with a parameter after a base path", []func(object){with(taskPath[1:], "pathParameters", "proxy"), afterBase}, ""},
		{"the default route after a base path that only the raw path has", []func(object){with("/base"+taskPath, "rawPath")}, ""},
		{"the default route after a base path that cannot be told from the path", []func(object){afterBase}, task.CodeRouteNotFound},
		{"a route without a method", []func(object){with(template, "routeKey"), with(taskID, "pathParameters", "id"), with("/x", "rawPath")}, ""},
	} {
		t.Run(test.name, func(t *testing.T) { checkPath(t, eventV2(test.changes...), test.want) })
	}
}

func TestPathOfRESTEvents(t *testing.T) {
	const prefix = "/api/v1/admin/tasks/account/"
	inPath := func(resource string, id any) func(object) {
		return func(event object) {
			with(resource, "resource")(event)
			with(object{"id": id}, "pathParameters")(event)
		}
	}
	for _, test := range []struct {
		name    string
		changes []func(object)
		want    task.Code
	}{
		{"plain", nil, ""},
		{"escaped", []func(object){with(prefix+"%7B"+taskID+"%7d", "path")}, ""},
		{"an escaped question mark", []func(object){with(prefix+taskID+"%3Fb=c", "path")}, task.CodeInvalidRequest},
		{"an escaped slash", []func(object){with(prefix+taskID+"%2F", "path")}, task.CodeInvalidRequest},
		{"a bare question mark", []func(object){with(prefix+taskID+"?b=c", "path")}, task.CodeInvalidRequest},
		{"a bare hash", []func(object){with(prefix+taskID+"#b", "path")}, task.CodeInvalidRequest},
		{"a percent sign alone", []func(object){with(prefix+"a%zz", "path")}, task.CodeInvalidRequest},
		{"a space", []func(object){with(prefix+" "+taskID, "path")}, ""},
		{"a control character", []func(object){with(prefix+"\x7f"+taskID, "path")}, task.CodeInvalidRequest},
		{"no path", []func(object){with("", "path")}, task.CodeRouteNotFound},

		{"the resource's parameter", []func(object){inPath(template, taskID)}, ""},
		{"the escaped parameter after a base path", []func(object){inPath(template, "%7B"+taskID+"%7D"), with("/base/x", "path")}, ""},
		{"a parameter with an escaped slash", []func(object){inPath(template, taskID+"%2Fx")}, task.CodeInvalidRequest},
		{"a parameter with a percent sign alone", []func(object){inPath(template, "a%zz")}, task.CodeInvalidRequest},
		{"a greedy parameter", []func(object){inPath("/{id+}", "x")}, ""},
		{"a greedy parameter after a base path", []func(object){with("/base"+taskPath, "path")}, ""},
		{"an escaped greedy parameter after a base path", []func(object){
			with("/base"+prefix+"%7B"+taskID+"%7d", "path"), with(prefix[1:]+"%7B"+taskID+"%7d", "pathParameters", "proxy")}, ""},
		{"a greedy parameter after a base path, unescaped", []func(object){
			with("/base"+prefix+"%7B"+taskID+"%7d", "path"), with(prefix[1:]+"{"+taskID+"}", "pathParameters", "proxy")}, ""},
		{"a greedy parameter after a base path, a slash at the end", []func(object){with("/base"+taskPath+"/", "path")}, ""},
		{"a greedy parameter after a base path, slashes repeated", []func(object){with("/base/"+taskPath, "path")}, ""},
		{"another greedy parameter than the path's", []func(object){
			with("/base"+taskPath, "path"), with(prefix[1:]+"x", "pathParameters", "proxy")}, task.CodeRouteNotFound},
		{"a base path that the stage's path does not have", []func(object){with("/base"+taskPath, "path"), with(nil, "pathParameters"),
			with("/prod"+taskPath, "requestContext", "path")}, ""},
		{"a base path that nothing tells from the path", []func(object){with("/base"+taskPath, "path"), with(nil, "pathParameters")}, task.CodeRouteNotFound},
	} {
		t.Run(test.name, func(t *testing.T) { checkPath(t, eventV1(test.changes...), test.want) })
	}
}

// checkPath checks that an event is an update of the task, or is refused with the code.
func checkPath(t *testing.T, event string, want task.Code) {
	t.Helper()
	s := newStage()
	if got := s.invoke(t, event).code(t); got != want {
		t.Errorf("got %q for the path %q, want %q", got, s.request.URL.EscapedPath(), want)
	}
	if got := s.request.URL.RawQuery; got != "" {
		t.Errorf("got the query %q, want none", got)
	}
	if drafts := s.updater.drafts; want == "" && (len(drafts) != 1 || drafts[0].ID.String() != taskID) {
		t.Errorf("got %+v, want an update of %s", drafts, taskID)
	}
}
