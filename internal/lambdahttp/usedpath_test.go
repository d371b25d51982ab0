package lambdahttp_test

import (
	"net/http"
	"testing"
)

// TestPathThatTheCallerUsed checks the path for addresses in answers: it has the stage or base path, which is removed
// before the service matches the path.
func TestPathThatTheCallerUsed(t *testing.T) {
	const list = "/api/v1/admin/tasks/account"
	for name, test := range map[string]struct{ event, want string }{
		"an HTTP API":                      {eventV2(with(list, "rawPath")), list},
		"an HTTP API with a stage":         {eventV2(with("/prod"+list, "rawPath"), with("prod", "requestContext", "stage")), "/prod" + list},
		"an HTTP API behind a base path":   {eventV2(with("/base"+list, "rawPath"), with("GET "+list, "routeKey")), "/base" + list},
		"a REST API":                       {eventV1(with(list, "path"), with("/prod"+list, "requestContext", "path")), "/prod" + list},
		"a REST API behind a base path":    {eventV1(with("/base"+list, "path"), with(list, "requestContext", "path")), "/base" + list},
		"a REST API that names no context": {eventV1(with(list, "path")), list},
	} {
		s, got := newStage(), ""
		s.onRequest = func(r *http.Request) { got = r.RequestURI }
		if s.invoke(t, test.event); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
