package api_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"accounttasks/internal/task"
)

// TestAnUnknownOutcomeSaysWhatToDoNext has each change fail without an answer of the table, without a key and with one.
func TestAnUnknownOutcomeSaysWhatToDoNext(t *testing.T) {
	const (
		unknown = "The service did not get an answer in time, and the change may have been made: "
		next    = " before you repeat the request, and send an Idempotency-Key next time."
	)
	lost := &task.Error{Code: task.CodeUnavailable}
	s, clients, runs := newService(), &tokenService{clients: registry{err: lost}}, &runner{err: lost}
	s.updater.err = lost
	send := func(o operation) func(...func(*http.Request)) *httptest.ResponseRecorder {
		return func(changes ...func(*http.Request)) *httptest.ResponseRecorder { return s.send(o.request(changes...)) }
	}
	for _, said := range []struct {
		send   func(...func(*http.Request)) *httptest.ResponseRecorder
		reason string
	}{
		{send(operations[0]), unknown + "list the tasks" + next},
		{send(operations[3]), unknown + "look at the task" + next},
		{send(operations[4]), unknown + "look at the task" + next},
		{func(changes ...func(*http.Request)) *httptest.ResponseRecorder {
			return runs.send(http.MethodPost, runPath+"?id="+taskID, changes...)
		}, unknown + "look at the task's LastRunOn" + next},
		{func(changes ...func(*http.Request)) *httptest.ResponseRecorder {
			return clients.send(clientRequest(changes...))
		}, unknown + "a repeat may add a second client, and only a request with an Idempotency-Key can be repeated safely."},
	} {
		checkSentence(t, said.send().Body.Bytes(), "Unavailable", said.reason)
		withKey := said.send(header("Idempotency-Key", "k"))
		checkSentence(t, withKey.Body.Bytes(), "Unavailable", unknown+"repeat the request with the same Idempotency-Key.")
	}
}

// TestEveryReasonOfAPrecondition lets the table refuse an update of a task at the revision "4-other".
func TestEveryReasonOfAPrecondition(t *testing.T) {
	const (
		stale   = "The task has changed since the entity-tag in If-Match: look at the current task and send its ETag."
		weak    = "The entity-tag in If-Match is weak, and weak entity-tags never match: send it without the leading W/."
		foreign = "The entity-tag in If-Match is not one of this service: send the ETag of an answer, unchanged."
	)
	for _, said := range []struct{ name, value, reason string }{
		{"If-Match", `"3-Zm9v"`, stale},
		{"If-Match", `"3-Zm9v", W/"2-Zm9v"`, stale},
		{"If-Match", `"3-Zm9v", "xyzzy"`, stale},
		{"If-Match", `W/"4-other"`, weak},
		{"If-Match", `"3-Zm9v", W/"4-other"`, weak},
		{"If-Match", `W/"3-Zm9v"`, weak},
		{"If-Match", `W/"3-Zm9v", "xyzzy"`, weak},
		{"If-Match", `"xyzzy"`, foreign},
		{"If-Match", `"4"`, foreign},
		{"If-Match", `"4-other-gzip"`, foreign},
		{"If-Match", `"4-other;br"`, foreign},
		{"If-None-Match", `*`, "The task exists, but If-None-Match: * asks that it does not: leave If-None-Match out to change the task."},
		{"If-None-Match", `"3-Zm9v", "4-other"`, "The entity-tag in If-None-Match is the task's current one: leave If-None-Match out to change the task."},
	} {
		w := httptest.NewRecorder()
		onTable(t, 400, failed(item("other"))).ServeHTTP(w, request(withBody(members()), header(said.name, said.value)))
		checkSentence(t, w.Body.Bytes(), "PreconditionFailed", said.reason)
	}
}

func inJSONWithKey() *http.Request {
	return request(withBody(members()), header("Idempotency-Key", "key"), header("If-Match", `"3-Zm9v"`))
}
