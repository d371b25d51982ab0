package endtoend_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

const (
	registerPath  = "/api/v2/admin/tasks/account"
	listPath      = "/api/v1/admin/tasks/account"
	cataloguePath = "/api/v1/admin/tasks"
)

// follow sends a request to the target of a header of an answer, resolved as RFC 3986 says.
func (c client) follow(method string, from reply, reference, body string, headers ...string) reply {
	c.t.Helper()
	target, err := from.Request.URL.Parse(reference)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.send(method, target.RequestURI(), body, append([]string{"Content-Type", "application/json"}, headers...)...)
}

// pages follows the Links of a list to its end.
func (c client) pages(path string) [][]string {
	c.t.Helper()
	var pages [][]string
	page := c.send("GET", path, "").mustList(c.t)
	for {
		pages = append(pages, page.ids)
		reference, isNext := strings.CutSuffix(page.Header.Get("Link"), `>; rel="next"`)
		if !isNext {
			return pages
		}
		page = c.follow("GET", page.reply, strings.TrimPrefix(reference, "<"), "").mustList(c.t)
	}
}

// list is an answer that shows tasks.
type list struct {
	reply
	ids []string
}

func (r reply) mustList(t testing.TB) list {
	t.Helper()
	var e struct {
		ResponseData struct {
			Result string
			Detail []struct{ ID string }
		}
	}
	if err := json.Unmarshal([]byte(r.body), &e); err != nil || r.StatusCode != 200 || e.ResponseData.Result != "Success" || e.ResponseData.Detail == nil {
		t.Fatalf("got %d and %s, want a list", r.StatusCode, r.body)
	}
	ids := make([]string, 0, len(e.ResponseData.Detail))
	for _, entry := range e.ResponseData.Detail {
		ids = append(ids, entry.ID)
	}
	return list{r, ids}
}

// TestLifeOfATask registers, reads, lists, changes and deletes a task. It repeats each operation, as a caller does
// after a lost answer.
func TestLifeOfATask(t *testing.T) {
	c := start(t)
	other := c.as("other")
	register := func() reply {
		return c.send("POST", registerPath, update("1"), "Content-Type", "application/json", "Idempotency-Key", "register").mustBe(t, 200, "")
	}
	first := register()
	address, tag := first.Header.Get("Location"), first.Header.Get("ETag")
	id := first.envelope(t).ResponseData.Detail.ID
	if !strings.HasSuffix(address, "/"+id) || tag == "" || first.Header.Get("Idempotency-Replayed") != "" {
		t.Fatalf("got %v, want Location and ETag", first.Header)
	}
	if again := register(); again.Header.Get("Idempotency-Replayed") != "true" || again.body != first.body || again.Header.Get("ETag") != tag {
		t.Errorf("got %v and %s, want the same task", again.Header, again.body)
	}
	for range 2 {
		read := c.follow("GET", first, address, "").mustBe(t, 200, "")
		if read.body != first.body || read.Header.Get("ETag") != tag {
			t.Errorf("got %s, want what the registration answered: %s", read.body, first.body)
		}
	}
	if pages := c.pages(listPath + "?count=1"); !slices.Contains(slices.Concat(pages...), id) || len(pages) < 4 {
		t.Errorf("got the pages %q, want one for each task and the new one among them", pages)
	}
	change := func() reply {
		return c.follow("PUT", first, address, update("2"), "If-Match", tag, "Idempotency-Key", "change").mustBe(t, 200, "")
	}
	changed := change()
	if again := change(); again.Header.Get("Idempotency-Replayed") != "true" || again.body != changed.body {
		t.Errorf("got %v and %s, want the same change", again.Header, again.body)
	}
	c.follow("DELETE", first, address, "", "If-Match", tag).mustBe(t, 412, "PreconditionFailed")
	other.follow("DELETE", first, address, "").mustBe(t, 404, "TaskNotFound")
	other.follow("GET", first, address, "").mustBe(t, 404, "TaskNotFound")
	if theirs := slices.Concat(other.pages(listPath)...); slices.Contains(theirs, id) {
		t.Errorf("another account lists %q", theirs)
	}
	remove := func() reply {
		return c.follow("DELETE", first, address, "", "If-Match", changed.Header.Get("ETag"), "Idempotency-Key", "delete").mustBe(t, 200, "")
	}
	deleted := remove()
	if again := remove(); again.Header.Get("Idempotency-Replayed") != "true" || again.body != deleted.body || deleted.body != changed.body {
		t.Errorf("got %v and %s, want the task as it was", again.Header, again.body)
	}
	c.follow("GET", first, address, "").mustBe(t, 404, "TaskNotFound")
	c.follow("PUT", first, address, update("3")).mustBe(t, 404, "TaskNotFound")
	c.follow("DELETE", first, address, "").mustBe(t, 404, "TaskNotFound")
	if left := slices.Concat(c.pages(listPath)...); slices.Contains(left, id) {
		t.Errorf("the deleted task is among %q", left)
	}
}

func TestRegisterInEveryFormat(t *testing.T) {
	c := start(t)
	form := url.Values{"TaskID": {reportTask}, "Frequency": {"weekly"}, "Parameters": {`"a b"`}, "ContentType": {"application/json"}}
	for contentType, body := range map[string]string{
		"application/json": update(`"a b"`), "text/json": update(`"a b"`), "application/x-www-form-urlencoded": form.Encode(),
		"application/xml": `<AccountTaskRequest><TaskID>` + reportTask + `</TaskID><Frequency>WEEKLY</Frequency>` +
			`<Parameters>"a b"</Parameters><ContentType>application/json</ContentType></AccountTaskRequest>`,
	} {
		r := c.send("POST", registerPath, body, "Content-Type", contentType, "Accept", "application/json").mustBe(t, 200, "")
		if got := r.envelope(t).ResponseData.Detail.Parameters; got != `"a b"` {
			t.Errorf("%s: got the Parameters %s", contentType, got)
		}
	}
}

func TestOperationsInXML(t *testing.T) {
	c := start(t)
	for _, test := range []struct{ method, path, root string }{
		{"GET", pathOf(demoTask), "ResponseOfAccountTaskResponse"},
		{"GET", listPath, "ResponseOfListOfAccountTaskResponse"},
		{"GET", cataloguePath, "ResponseOfListOfTaskResponse"},
		{"DELETE", pathOf(demoTask), "ResponseOfAccountTaskResponse"},
	} {
		r := c.send(test.method, test.path, "", "Accept", "text/xml")
		if r.StatusCode != 200 || !strings.HasPrefix(r.body, "<"+test.root+" ") {
			t.Errorf("%s %s: got %d and %s, want the root %s", test.method, test.path, r.StatusCode, r.body, test.root)
		}
	}
}

// TestEveryPathInAnyCaseAndWithAnySlashes also checks that HEAD gets the answer of GET without a body.
func TestEveryPathInAnyCaseAndWithAnySlashes(t *testing.T) {
	c := start(t)
	for _, path := range []string{pathOf(demoTask), listPath + "?count=1", cataloguePath} {
		want := c.send("GET", path, "")
		path, query, _ := strings.Cut(path, "?")
		for _, variant := range []string{strings.ToUpper(path), path + "/", path + "//", strings.ReplaceAll(path, "/", "//")} {
			for _, method := range []string{"GET", "HEAD"} {
				got := c.send(method, variant+"?"+query, "")
				if got.StatusCode != 200 || method == "GET" && got.body != want.body || method == "HEAD" && got.body != "" {
					t.Errorf("%s %s: got %d and %q, want %s", method, variant, got.StatusCode, got.body, want.body)
				}
				for _, name := range []string{"Content-Type", "Etag", "Link", "Cache-Control"} {
					if got.Header.Get(name) != want.Header.Get(name) {
						t.Errorf("%s %s: got %s %q, want %q", method, variant, name, got.Header.Get(name), want.Header.Get(name))
					}
				}
			}
		}
	}
	c.send("PUT", listPath+"/run", update("1"), "Content-Type", "application/json").mustBe(t, 400, "InvalidRequest")
}

// TestLinksLeadToEachTaskWhileOthersComeAndGo reads a list while callers register and delete tasks.
func TestLinksLeadToEachTaskWhileOthersComeAndGo(t *testing.T) {
	c := start(t)
	var stay []string
	for range 12 {
		stay = append(stay, c.send("POST", registerPath, update("1"), "Content-Type", "application/json").mustBe(t, 200, "").envelope(t).ResponseData.Detail.ID)
	}
	done := make(chan struct{})
	var others sync.WaitGroup
	defer others.Wait()
	defer close(done)
	others.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			passing := c.send("POST", registerPath, update("1"), "Content-Type", "application/json")
			c.follow("DELETE", passing, passing.Header.Get("Location"), "")
		}
	})
	for count := 1; count <= 5; count += 2 {
		seen := slices.Concat(c.pages(fmt.Sprint(listPath, "?summary=true&count=", count))...)
		if !slices.IsSorted(seen) || len(slices.Compact(slices.Clone(seen))) != len(seen) {
			t.Errorf("count %d: got %q, want each task once and in order", count, seen)
		}
		for _, id := range stay {
			if !slices.Contains(seen, id) {
				t.Errorf("count %d: the task %s is on no page", count, id)
			}
		}
	}
}
