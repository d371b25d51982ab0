package main

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

const (
	goodRegistration = `{"TaskID":"` + reportTaskID + `","Frequency":"DAILY","Parameters":"{}","ContentType":"application/json"}`
	strangerAccount  = "33333333-3333-4333-8333-333333333333"
)

var (
	oneRead  = map[string]int{"GetItem": 1}
	oneQuery = map[string]int{"Query": 1}
	// readAndQuery also asks whether the task exists.
	readAndQuery = map[string]int{"GetItem": 1, "Query": 1}
)

// TestRequestsOfEveryOperation checks the requests to the table for each operation, after the function has started
// and has checked the token.
func TestRequestsOfEveryOperation(t *testing.T) {
	for name, test := range map[string]struct {
		exchange
		want map[string]int
	}{
		"register":              {exchange{method: "POST", target: registration, body: goodRegistration}, onlyTheUpdate},
		"register with a key":   {exchange{method: "POST", target: registration, body: goodRegistration, headers: []string{"Idempotency-Key", "key"}}, onlyTheUpdate},
		"validate registration": {exchange{method: "POST", target: registration + "?validateOnly=true", body: goodRegistration}, oneRead},
		"read":                  {exchange{method: "GET", target: demoAddress}, oneRead},
		"head":                  {exchange{method: "HEAD", target: demoAddress}, oneRead},
		"list":                  {exchange{method: "GET", target: listing}, oneQuery},
		"list, a page of one":   {exchange{method: "GET", target: listing + "?count=1"}, oneQuery},
		"update":                {exchange{method: "PUT", target: demoAddress, body: goodUpdate}, onlyTheUpdate},
		"validate update":       {exchange{method: "PUT", target: demoAddress + "?validateOnly=true", body: goodUpdate}, oneRead},
		"delete":                {exchange{method: "DELETE", target: demoAddress}, onlyTheUpdate},
		"delete with a key":     {exchange{method: "DELETE", target: demoAddress, headers: []string{"Idempotency-Key", "key"}}, onlyTheUpdate},
		"catalogue":             {exchange{method: "GET", target: cataloguing}, noRequest},
		"runs":                  {exchange{method: "GET", target: demoAddress + "/runs"}, readAndQuery},
	} {
		t.Run(name, func(t *testing.T) {
			f, c := startCounted(t)
			f.send(t, exchange{method: "GET", target: cataloguing})
			for attempt := range 2 {
				c.take()
				r := f.send(t, test.exchange)
				if got := c.take(); !maps.Equal(got, test.want) {
					t.Errorf("attempt %d: got the requests %v, want %v", attempt, got, test.want)
				}
				if r.StatusCode != http.StatusOK && !(attempt > 0 && name == "delete") {
					t.Errorf("attempt %d: got %d and %s", attempt, r.StatusCode, r.Body)
				}
			}
		})
	}
}

// TestLifeOfATask registers, reads, changes and deletes a task, and repeats each operation.
func TestLifeOfATask(t *testing.T) {
	f := startFunction(t)
	key := func(k string) []string { return []string{"Idempotency-Key", k} }
	register := exchange{method: "POST", target: registration, body: strings.Replace(goodRegistration, "{", `{"Enabled":false,`, 1), headers: key("register")}
	first := f.send(t, register)
	id := detailed[detail](t, first).ID
	location := first.header("Location")
	if location != listing+"/"+id || first.header("Etag") == "" || detailed[detail](t, first).Enabled {
		t.Fatalf("got %+v, want a disabled task with Location and ETag", first)
	}
	again := f.send(t, register)
	if again.StatusCode != 200 || again.header("Idempotency-Replayed") != "true" || again.header("Location") != location || again.header("Etag") != first.header("Etag") {
		t.Errorf("the registration again: got %+v", again)
	}
	other := register
	other.body = goodRegistration
	if r := f.send(t, other); r.StatusCode != 422 {
		t.Errorf("another registration with the key: got %d, want 422", r.StatusCode)
	}
	read := f.send(t, exchange{method: "GET", target: location})
	if read.Body != first.Body || read.header("Etag") != first.header("Etag") {
		t.Errorf("got %+v, want what the registration answered", read)
	}
	for _, method := range []string{"PUT", "DELETE"} {
		if r := f.send(t, exchange{method: method, target: location, body: goodRegistration, headers: key("register")}); r.StatusCode != 422 {
			t.Errorf("%s with the registration's key: got %d, want 422", method, r.StatusCode)
		}
	}
	changed := f.send(t, exchange{method: "PUT", target: location, body: goodUpdate, headers: append(key("change"), "If-Match", first.header("Etag"))})
	if changed.StatusCode != 200 || changed.header("Etag") == first.header("Etag") {
		t.Errorf("got %+v, want the changed task with another ETag", changed)
	}
	if r := f.send(t, register); r.StatusCode != 200 || r.header("Etag") != changed.header("Etag") {
		t.Errorf("the registration after the change: got %+v, want the task as it is now", r)
	}
	stale := exchange{method: "DELETE", target: location, headers: append(key("delete"), "If-Match", first.header("Etag"))}
	if r := f.send(t, stale); r.StatusCode != 412 || r.header("Etag") != changed.header("Etag") {
		t.Errorf("a stale delete: got %+v, want 412 and the current ETag", r)
	}
	remove := exchange{method: "DELETE", target: location, headers: append(key("delete"), "If-Match", changed.header("Etag"))}
	deleted := f.send(t, remove)
	if deleted.StatusCode != 200 || deleted.Body != f.send(t, remove).Body || f.send(t, remove).header("Idempotency-Replayed") != "true" {
		t.Errorf("got %+v, want the task as it was, and the same again", deleted)
	}
	for _, gone := range []exchange{
		{method: "GET", target: location}, {method: "HEAD", target: location}, {method: "DELETE", target: location}, register,
		{method: "PUT", target: location, body: goodUpdate}, {method: "PUT", target: location + "?validateOnly=true", body: goodUpdate},
		{method: "PUT", target: location, body: goodUpdate, headers: key("change")},
	} {
		if r := f.send(t, gone); r.StatusCode != 404 {
			t.Errorf("%s after the delete: got %d, want 404", gone.method, r.StatusCode)
		}
	}
	if pages := f.listed(t, listing, ""); len(pages) != 1 || len(pages[0]) > 0 {
		t.Errorf("got the pages %v, want an empty one", pages)
	}
}

// TestTasksOfOtherAccountsAreAsThoughTheyWereNot sends requests from another account with everything that it can know
// about a task.
func TestTasksOfOtherAccountsAreAsThoughTheyWereNot(t *testing.T) {
	f := startFunction(t, demoTask)
	tag := f.send(t, exchange{method: "GET", target: demoAddress}).header("Etag")
	const absent = listing + "/00000000-0000-4000-8000-000000000000"
	for _, headers := range [][]string{nil, {"If-Match", tag}, {"If-Match", "*"}, {"If-None-Match", "*"}, {"Idempotency-Key", "key"}, {"Accept", "application/xml"}} {
		for _, method := range []string{"GET", "HEAD", "PUT", "DELETE"} {
			theirs := f.send(t, exchange{method: method, target: demoAddress, body: goodUpdate, headers: headers, account: strangerAccount})
			nobodys := f.send(t, exchange{method: method, target: absent, body: goodUpdate, headers: headers, account: strangerAccount})
			nobodys.Body = strings.ReplaceAll(nobodys.Body, "00000000-0000-4000-8000-000000000000", demoTask)
			if theirs.StatusCode != 404 || !maps.Equal(theirs.Headers, nobodys.Headers) || theirs.Body != nobodys.Body {
				t.Errorf("%s with %q: got %+v, want what is answered for no task: %+v", method, headers, theirs, nobodys)
			}
		}
	}
	if pages := f.listed(t, listing+"?after="+strings.Replace(demoTask, "b9", "b8", 1), strangerAccount); len(pages) != 1 || len(pages[0]) > 0 {
		t.Errorf("got the pages %v of the stranger, want an empty one", pages)
	}
	if r := f.send(t, exchange{method: "GET", target: demoAddress}); r.header("Etag") != tag {
		t.Errorf("got the tag %s, want the task unchanged at %s", r.header("Etag"), tag)
	}
}

func TestEveryAccountListsItsOwnTasks(t *testing.T) {
	f := startFunction(t)
	owners := map[string]string{}
	for i := range 12 {
		account := fmt.Sprintf("account-%d", i%4)
		// The same key and body on every account.
		r := f.send(t, exchange{method: "POST", target: registration, body: goodRegistration, account: account, headers: []string{"Idempotency-Key", fmt.Sprint(i / 4)}})
		owners[detailed[detail](t, r).ID] = account
	}
	if len(owners) != 12 {
		t.Fatalf("got %d tasks, want 12", len(owners))
	}
	for i := range 4 {
		account := fmt.Sprintf("account-%d", i)
		for _, d := range slices.Concat(f.listed(t, listing+"?count=2", account)...) {
			if owners[d.ID] != account {
				t.Errorf("%s lists the task %s of %s", account, d.ID, owners[d.ID])
			}
			delete(owners, d.ID)
		}
	}
	if len(owners) > 0 {
		t.Errorf("no account lists %v", owners)
	}
}

// TestValidateOnlyChangesNothing also compares the answer with that of the same call without validateOnly.
func TestValidateOnlyChangesNothing(t *testing.T) {
	f := startFunction(t, demoTask)
	tag := f.send(t, exchange{method: "GET", target: demoAddress}).header("Etag")
	for _, e := range []exchange{
		{method: "PUT", target: demoAddress, body: goodUpdate, headers: []string{"Idempotency-Key", "key", "If-Match", tag}},
		{method: "POST", target: registration, body: goodRegistration, headers: []string{"Idempotency-Key", "key"}},
	} {
		before := f.send(t, exchange{method: "GET", target: demoAddress})
		trial := e
		trial.target += "?validateOnly=true"
		tried := detailed[detail](t, f.send(t, trial))
		if after := f.send(t, exchange{method: "GET", target: demoAddress}); after.Body != before.Body {
			t.Fatalf("%s: the task has changed to %s", e.method, after.Body)
		}
		done := f.send(t, e)
		if done.StatusCode != 200 || done.header("Idempotency-Replayed") != "" {
			t.Errorf("%s: got %+v, want the key unused", e.method, done)
		}
		got, want := tried, detailed[detail](t, done)
		if e.method == "POST" {
			if got.ID != "00000000-0000-0000-0000-000000000000" {
				t.Errorf("got the ID %s of a task that is not there, want zeros", got.ID)
			}
			got.ID = want.ID
		}
		if jsonOf(got) != jsonOf(want) {
			t.Errorf("%s: got %s, then %s", e.method, jsonOf(got), jsonOf(want))
		}
	}
	if r := f.send(t, exchange{method: "PUT", target: demoAddress + "?validateOnly=true", body: goodUpdate, headers: []string{"If-Match", `"1-b2xk"`}}); r.StatusCode != 412 {
		t.Errorf("a stale trial: got %d, want 412", r.StatusCode)
	}
	absent := listing + "/00000000-0000-4000-8000-000000000000"
	if r := f.send(t, exchange{method: "PUT", target: absent + "?validateOnly=true", body: goodUpdate}); r.StatusCode != 404 {
		t.Errorf("a trial of no task: got %d, want 404", r.StatusCode)
	}
}
