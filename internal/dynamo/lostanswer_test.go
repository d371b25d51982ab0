package dynamo_test

import (
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// reading answers a GetItem with these attributes.
func reading(item string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		io.WriteString(w, item)
	}
}

func TestARemovalIsKnownAfterALostAnswer(t *testing.T) {
	const (
		none    = `{}`
		same    = `{"Item":{"pk":{"S":"ACCOUNT#a"},"sk":{"S":"TASK#a23b4ff9-5d7e-4603-b937-6e1f724316b9"},"Version":{"N":"1"},"W0":{"S":"w"}}}`
		changed = `{"Item":{"pk":{"S":"ACCOUNT#a"},"sk":{"S":"TASK#a23b4ff9-5d7e-4603-b937-6e1f724316b9"},"Version":{"N":"2"},"W0":{"S":"v"}}}`
	)
	for _, test := range []struct {
		name    string
		answers []http.HandlerFunc
		removed bool
		code    task.Code // empty: no error
	}{
		{"nothing lost", []http.HandlerFunc{reading(none)}, true, ""},
		{"an answer lost, and removed by that attempt", []http.HandlerFunc{lost, absent, reading(none)}, true, ""},
		{"changed meanwhile", []http.HandlerFunc{absent, reading(changed)}, false, ""},
		{"changed back and forth", []http.HandlerFunc{absent, reading(same), absent, reading(changed)}, false, ""},
		{"an answer lost at the second try", []http.HandlerFunc{absent, reading(same), lost, absent, reading(none)}, true, ""},
		{"no answer", []http.HandlerFunc{lost}, false, task.CodeUnavailable},
		{"no answer to the read", []http.HandlerFunc{absent, lost}, false, task.CodeUnavailable},
	} {
		seen := run.State{AccountID: "a", Task: task.Task{ID: uuid.MustParse("a23b4ff9-5d7e-4603-b937-6e1f724316b9"), Revision: task.Revision{Version: 1, Token: "w"}}}
		removed, err := (&engine{answers: test.answers}).start(t).Runs().RemoveImported(t.Context(), seen)
		if removed != test.removed || (err == nil) != (test.code == "") || err != nil && task.AsError(err).Code != test.code {
			t.Errorf("%s: got removed %t and %v, want %t and %q", test.name, removed, err, test.removed, test.code)
		}
	}
}

func TestALookIsKnownToBeAskedForAfterALostAnswer(t *testing.T) {
	at := time.Date(2026, time.June, 4, 3, 45, 3, 0, time.UTC)
	for name, test := range map[string]struct {
		answers []http.HandlerFunc
		asked   bool
	}{
		"its own attempt":            {[]http.HandlerFunc{lost, refusing(`,"LastEdit":{"S":"2026-06-04T03:45:03+00:00"}`)}, true},
		"an update meanwhile":        {[]http.HandlerFunc{lost, refusing(`,"LastEdit":{"S":"2026-06-04T03:45:02+00:00"}`)}, false},
		"an update at the same time": {[]http.HandlerFunc{refusing(`,"LastEdit":{"S":"2026-06-04T03:45:03+00:00"}`)}, false},
	} {
		ref := run.Ref{AccountID: "a", ID: uuid.New()}
		asked, err := (&engine{answers: test.answers}).start(t).Runs().AskForLook(t.Context(), ref, at)
		if err != nil || asked != test.asked {
			t.Errorf("%s: got asked %t and %v, want %t", name, asked, err, test.asked)
		}
	}
}

// The table refuses an attempt though no precondition excludes the item, and is too busy for the try with that item's very
// revision.
func TestWhatFailedEarlierMayYetBeApplied(t *testing.T) {
	inTheWay := refusing("")
	for name, test := range map[string]struct {
		answers []http.HandlerFunc
		code    task.Code
	}{
		"an answer was lost": {[]http.HandlerFunc{lost, inTheWay, throttled}, task.CodeUnavailable},
		"none was lost":      {[]http.HandlerFunc{inTheWay, throttled, throttled}, task.CodeTooManyRequests},
	} {
		at, id := time.Date(2026, time.June, 4, 3, 45, 3, 0, time.UTC), uuid.New()
		d := task.Deletion{AccountID: "a", ID: id, Token: "t", DeletedAt: at}
		_, err := (&engine{answers: test.answers}).start(t).Delete(t.Context(), d)
		if err == nil || task.AsError(err).Code != test.code {
			t.Errorf("%s: got %v from a delete, want %s", name, err, test.code)
		}
		w := task.ConditionalUpdate{AccountID: "a", ID: id, Token: "t", Fingerprint: "f", Keyed: true, ModifiedAt: at}
		_, err = (&engine{answers: test.answers}).start(t).Update(t.Context(), w)
		if err == nil || task.AsError(err).Code != test.code {
			t.Errorf("%s: got %v from an update, want %s", name, err, test.code)
		}
	}
}
