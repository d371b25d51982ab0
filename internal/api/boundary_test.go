package api_test

import (
	"net/http"
	"testing"

	"accounttasks/internal/task"
)

func TestVersionsOfATagAreDecimal(t *testing.T) {
	for tag, version := range map[string]int64{`"9-a"`: 9, `"10-a"`: 10, `"9223372036854775807-a"`: 1<<63 - 1} {
		s := newService()
		s.send(request(header("If-Match", tag)))
		want := task.Revision{Version: version, Token: "a"}
		if got := s.updater.drafts[0].IfMatch; len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %+v, want %+v", tag, got, want)
		}
	}
}

func TestCharactersOfATag(t *testing.T) {
	for tag, want := range map[string]int{
		`"!"`: 200, `"~"`: 200, "\"\x80\"": 200, `" "`: 400, "\"\x7f\"": 400, "\"\x1f\"": 400, `x"3-a"`: 400, `"3-a"x`: 400, `"3-a" x`: 400, `x`: 400,
	} {
		if w := newService().send(request(header("If-Match", tag))); w.Code != want {
			t.Errorf("%q: got %d, want %d", tag, w.Code, want)
		}
	}
}

func TestAnUpdateWithoutAnID(t *testing.T) {
	for _, path := range []string{"/api/v1/admin/tasks/account", "/api/v1/admin/tasks/account/", "/api/v1/admin/tasks/account//"} {
		w := newService().send(request(func(r *http.Request) { r.URL = parse(path) }))
		if got := w.Header().Get("Allow"); w.Code != 405 || got != "GET, HEAD" {
			t.Errorf("%s: got %d with Allow %q, want 405 and the list's methods", path, w.Code, got)
		}
	}
}
