package api

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// refusing is an Authenticator that refuses every token.
type refusing struct{ err error }

func (r refusing) Authenticate(context.Context, string) (task.Caller, error) {
	return task.Caller{}, r.err
}

// denials are callers that every route must refuse, with the expected answers.
var denials = map[string]struct {
	callers       Authenticator
	authorization string
	status        int
	challenge     string
}{
	"no token":      {clienttest.Only{}, "", 401, "Bearer"},
	"a bad token":   {refusing{&task.Error{Code: task.CodeUnauthorized}}, "Bearer x", 401, `Bearer error="invalid_token"`},
	"no scope":      {clienttest.Only{Caller: task.NewCaller("a", "u", "c")}, "Bearer x", 403, `Bearer error="insufficient_scope", scope="SCOPE"`},
	"other scopes":  {clienttest.Only{Caller: task.NewCaller("a", "u", "c", "tasks", "tasks/", "TASKS/WRITE", "clients/read", "*", "")}, "Bearer x", 403, `Bearer error="insufficient_scope", scope="SCOPE"`},
	"no answer":     {refusing{&task.Error{Code: task.CodeUnavailable}}, "Bearer x", 503, ""},
	"an odd record": {refusing{errors.New("an odd record")}, "Bearer x", 500, ""},
}

// TestEveryRouteDeniesByDefault checks every route of the route tables. Only POST /Token needs no access token.
func TestEveryRouteDeniesByDefault(t *testing.T) {
	for name, denial := range denials {
		for _, a := range []*API{
			New(denial.callers, nil, time.Now, telemetry.Discard()),
			NewToken(denial.callers, nil, nil, time.Now, telemetry.Discard()),
		} {
			for i, rt := range a.routes {
				if rt.operation == issueToken {
					continue
				}
				a.routes[i].operate = func(*call) answer {
					t.Errorf("%s: %s is reached", rt.operation, name)
					return answer{status: 200}
				}
				for _, accept := range []string{"application/json", "application/xml"} {
					r := httptest.NewRequest(rt.method, strings.ReplaceAll(rt.pattern, "{id}", "a23b4ff9-5d7e-4603-b937-6e1f724316b9"), nil)
					r.Header = http.Header{"Authorization": {denial.authorization}, "Accept": {accept}}
					w := httptest.NewRecorder()
					a.ServeHTTP(w, r)
					challenge := strings.ReplaceAll(denial.challenge, "SCOPE", rt.scope)
					if w.Code != denial.status || w.Header().Get("WWW-Authenticate") != challenge || !strings.HasPrefix(w.Header().Get("Content-Type"), accept) {
						t.Errorf("%s, %s: got %d and %v, want %d and %q", rt.operation, name, w.Code, w.Header(), denial.status, challenge)
					}
				}
			}
		}
	}
}

// TestEveryRouteAsksForAScope checks that no route can be used with a token without a scope.
func TestEveryRouteAsksForAScope(t *testing.T) {
	for _, a := range []*API{New(nil, nil, time.Now, nil), NewToken(nil, nil, nil, time.Now, nil)} {
		for _, rt := range a.routes {
			if rt.scope == "" && rt.operation != issueToken {
				t.Errorf("%s asks for no scope", rt.operation)
			}
		}
	}
}
