package api_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"accounttasks/internal/task"
)

func TestPaths(t *testing.T) {
	const prefix = "/api/v1/admin/tasks/account/"
	for path, want := range map[string]int{
		prefix + taskID:                                          200,
		prefix + taskID + "/":                                    200,
		"/API/V1/Admin/TASKS/acCount/" + taskID:                  200,
		prefix + "A23B4FF9-5D7E-4603-B937-6E1F724316B9":          200,
		prefix + "a23b4ff95d7e4603b9376e1f724316b9":              200,
		prefix + "%7Ba23b4ff9-5d7e-4603-b937-6e1f724316b9%7d":    200,
		prefix + "(a23b4ff9-5d7e-4603-b937-6e1f724316b9)":        200,
		prefix + "%20" + taskID + "%20":                          200,
		prefix + "%61" + taskID[1:]:                              200,
		prefix + taskID + "?id=00000000-0000-0000-0000-00000000": 200,
		"/api/v1/admin/tasks/acc%6Funt/" + taskID:                200,
		"/%41pi/v1/admin/tasks/account/" + taskID:                200,
		prefix + "bogus":                                         400,
		prefix + "%20":                                           400,
		prefix + taskID + "%2F":                                  400,
		prefix + "a%2Fb":                                         400,
		prefix + taskID + "%3Fx=1":                               400,
		prefix + taskID + "%00":                                  400,
		prefix + taskID + "%FF":                                  400,
		prefix + "%25" + taskID:                                  400,
		prefix + taskID + "//":                                   200,
		prefix + "/" + taskID:                                    200,
		prefix + taskID + "/x":                                   404,
		prefix:                                                   405,
		"/api/v1/admin/tasks/account":                            405,
		prefix + "run":                                           400,
		"/" + prefix + taskID:                                    200,
		"/api//v1/admin/tasks/account/" + taskID:                 200,
		"/x" + prefix + taskID:                                   404,
		"/api/v2/admin/tasks/account/" + taskID:                  404,
		"/apiary/v1/admin/tasks/account/" + taskID:               404,
		"/api/v1/admin/ta\u017fks/account/" + taskID:             404,
		"/api/v1/admin/tas\u212as/account/" + taskID:             404,
		"/api/v1/admin/ta%C5%BFks/account/" + taskID:             404,
		"/api/v1/admin/tasks/account%2520/" + taskID:             404,
		"/": 404,
	} {
		s := newService()
		w := s.send(request(func(r *http.Request) { r.URL = parse(path) }))
		if w.Code != want {
			t.Errorf("%s: got %d %s, want %d", path, w.Code, code(t, w), want)
		}
		if want == 200 && s.updater.drafts[0].ID != stored.ID {
			t.Errorf("%s: got the id %v, want %s", path, s.updater.drafts[0].ID, taskID)
		}
	}
}

func parse(path string) *url.URL {
	u, err := url.ParseRequestURI(path)
	if err != nil {
		panic(err)
	}
	return u
}

func TestMethods(t *testing.T) {
	for method, want := range map[string]int{
		"PUT": 200, "put": 200, "Put": 200, "POST": 405, "PATCH": 405, "OPTIONS": 405, "PUTS": 405, "X-Y": 405,
	} {
		w := newService().send(request(func(r *http.Request) { r.Method = method }))
		wantAllow := ""
		if want == 405 {
			wantAllow = "GET, HEAD, PUT, DELETE"
		}
		if got := w.Header().Get("Allow"); w.Code != want || got != wantAllow {
			t.Errorf("%s: got %d with Allow %q, want %d with %q", method, w.Code, got, want, wantAllow)
		}
	}
}

func TestAllowOfEveryPath(t *testing.T) {
	for path, want := range map[string]string{
		"/api/v2/admin/tasks/account": "POST",
		"/api/v1/admin/tasks":         "GET, HEAD",
		"/api/v1/admin/tasks/account": "GET, HEAD",
		taskPath:                      "GET, HEAD, PUT, DELETE",
	} {
		w := newService().send(requestTo("PATCH", path, ""))
		if got := w.Header().Get("Allow"); w.Code != 405 || got != want {
			t.Errorf("%s: got %d with Allow %q, want 405 with %q", path, w.Code, got, want)
		}
	}
}

func TestOperationsOfAnotherFunction(t *testing.T) {
	for request, want := range map[string]struct {
		code task.Code
		says string
	}{
		"GET /Token":                     {task.CodeMethodNotAllowed, "GET"},
		"PUT //token/":                   {task.CodeMethodNotAllowed, "PUT"},
		"DELETE /API/v1/admin/clients":   {task.CodeMethodNotAllowed, "DELETE"},
		"POST //Token":                   {task.CodeRouteNotFound, " /Token "},
		"POST /Api/v1/admin/clients/":    {task.CodeRouteNotFound, " /api/v1/admin/clients "},
		"POST /api/v1/admin/clients/one": {task.CodeRouteNotFound, " /api/v1/admin/tasks/account"},
	} {
		method, path, _ := strings.Cut(request, " ")
		w := newService().send(requestTo(method, path, ""))
		wantAllow := ""
		if want.code == task.CodeMethodNotAllowed {
			wantAllow = "POST"
		}
		got := read(t, w).Error
		if got.ErrorCode != string(want.code) || !strings.Contains(got.ErrorReason, want.says) || w.Header().Get("Allow") != wantAllow {
			t.Errorf("%s: got %+v with Allow %q, want %s that says %q, with Allow %q", request, *got, w.Header().Get("Allow"), want.code, want.says, wantAllow)
		}
	}
}

func TestMethodOfAnUnknownPathIsNotJudged(t *testing.T) {
	w := newService().send(requestTo(http.MethodDelete, "/", ""))
	if got := code(t, w); got != task.CodeRouteNotFound || w.Header().Get("Allow") != "" {
		t.Errorf("got %s with Allow %q, want %s without", got, w.Header().Get("Allow"), task.CodeRouteNotFound)
	}
}
