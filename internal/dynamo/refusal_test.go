package dynamo_test

import (
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"accounttasks/internal/task"
)

// refusing answers that the condition did not hold for an item with these attributes.
func refusing(attributes string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"refused","Item":{`+
			`"pk":{"S":"p"},"sk":{"S":"TASK#a23b4ff9-5d7e-4603-b937-6e1f724316b9"},"Version":{"N":"9"}%s}}`, attributes)
	}
}

// applying answers that an update was applied.
func applying(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	io.WriteString(w, `{"Attributes":{"pk":{"S":"p"},"sk":{"S":"TASK#a23b4ff9-5d7e-4603-b937-6e1f724316b9"},"Version":{"N":"10"}}}`)
}

func TestWhatARefusalTells(t *testing.T) {
	at := time.Date(2026, time.June, 4, 3, 45, 3, 0, time.UTC)
	for _, test := range []struct {
		name     string
		keyed    bool
		answers  []http.HandlerFunc
		want     task.Code // empty: applied
		replayed bool
		attempts int
	}{
		{"its own attempt, the answer lost", false, []http.HandlerFunc{lost, refusing(own)}, "", false, 2},
		{"its own attempt, with a key", true, []http.HandlerFunc{lost, refusing(own)}, "", false, 2},
		{"its own attempt by its mark, pushed out of the register", true, []http.HandlerFunc{lost, refusing(fourOthers + markOnly)}, "", false, 2},
		{"the caller's earlier request", true, []http.HandlerFunc{refusing(own)}, "", true, 1},
		{"the caller's earlier request, an answer lost", true, []http.HandlerFunc{lost, refusing(earlier)}, "", true, 2},
		{"a later one of the same caller by its mark", true, []http.HandlerFunc{refusing(fourOthers + markOnly)}, "", true, 1},
		{"four newer ones after a lost answer: the outcome is unknown", false, []http.HandlerFunc{lost, refusing(fourOthers)}, task.CodeUnavailable, false, 2},
		{"four newer ones, with a key: not applied", true, []http.HandlerFunc{lost, refusing(fourOthers), applying}, "", false, 3},
		{"four newer ones, nothing lost: not applied", false, []http.HandlerFunc{refusing(fourOthers), applying}, "", false, 2},
		{"an older one in the register: not applied", false, []http.HandlerFunc{lost, refusing(oneOfFourIsOlder), applying}, "", false, 3},
		{"a version that cannot be read: not applied, then at that version", false, []http.HandlerFunc{refusing(unreadable), applying}, "", false, 2},
		{"its own lost attempt is found after such a version", true, []http.HandlerFunc{lost, refusing(unreadable), refusing(own)}, "", false, 3},
		{"such a version in the way of every try: busy", false, []http.HandlerFunc{refusing(unreadable)}, task.CodeTooManyRequests, false, 8},
		{"such a version in the way after a lost answer: unknown", false, []http.HandlerFunc{lost, refusing(unreadable)}, task.CodeUnavailable, false, 9},
		{"a date that grows with every try: busy", false, []http.HandlerFunc{refusing(fourOthers)}, task.CodeTooManyRequests, false, 8},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := &engine{answers: test.answers}
			w := aWrite()
			w.ModifiedAt, w.Keyed = at, test.keyed
			result, err := e.start(t).Update(t.Context(), w)
			if err == nil && test.want != "" || err != nil && task.AsError(err).Code != test.want || result.Replayed != test.replayed {
				t.Errorf("got replayed %t and %v, want %t and %q", result.Replayed, err, test.replayed, test.want)
			}
			if made := e.made(); len(made) != test.attempts {
				t.Errorf("got the attempts %v, want %d", made, test.attempts)
			}
		})
	}
}

// An attempt whose answer was lost may arrive after another update has left the revision to avoid: its refusal is
// not final before.
func TestARefusalAtARevisionToAvoidIsFinalOnlyWhereNoAttemptCanFollow(t *testing.T) {
	at := time.Date(2026, time.June, 4, 3, 45, 3, 0, time.UTC)
	const older = `,"Version":{"N":"1"},"W0":{"S":"w"},"DateModified":{"S":"2026-06-04T03:45:02+00:00"}`
	const newer = `,"Version":{"N":"1"},"W0":{"S":"w"},"DateModified":{"S":"2026-06-04T03:45:04+00:00"}`
	current := []task.Revision{{Version: 1, Token: "w"}}
	for _, test := range []struct {
		name             string
		match, notAt     []task.Revision
		any              bool
		answers          []http.HandlerFunc
		updated, deleted task.Code
	}{
		{"nothing lost", nil, current, false, []http.HandlerFunc{refusing(older)}, task.CodePreconditionFailed, task.CodePreconditionFailed},
		{"an answer lost", nil, current, false, []http.HandlerFunc{lost, refusing(older)}, task.CodeUnavailable, task.CodeUnavailable},
		{"an answer lost, a newer date", nil, current, false, []http.HandlerFunc{lost, refusing(newer)}, task.CodePreconditionFailed, task.CodeUnavailable},
		{"an answer lost, every revision", nil, nil, true, []http.HandlerFunc{lost, refusing(older)}, task.CodePreconditionFailed, task.CodePreconditionFailed},
		{"an answer lost, If-Match too", current, current, false, []http.HandlerFunc{lost, refusing(older)}, task.CodePreconditionFailed, task.CodePreconditionFailed},
	} {
		w := aWrite()
		w.ModifiedAt, w.IfMatch, w.NotAt, w.NotAtAny = at, test.match, test.notAt, test.any
		d := task.Deletion{
			AccountID: w.AccountID, ID: w.ID, Token: w.Token, Fingerprint: w.Fingerprint, DeletedAt: at,
			IfMatch: test.match, NotAt: test.notAt, NotAtAny: test.any,
		}
		_, updated := (&engine{answers: test.answers}).start(t).Update(t.Context(), w)
		_, deleted := (&engine{answers: test.answers}).start(t).Delete(t.Context(), d)
		if task.AsError(updated).Code != test.updated || task.AsError(deleted).Code != test.deleted {
			t.Errorf("%s: got %v and %v, want %s and %s", test.name, updated, deleted, test.updated, test.deleted)
		}
	}
}
