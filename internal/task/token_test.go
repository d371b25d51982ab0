package task_test

import (
	"log/slog"
	"regexp"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// fullUpdate has a value in every field.
func fullUpdate(changes ...func(*task.UpdateRequest)) task.UpdateRequest {
	return newRequest(append([]func(*task.UpdateRequest){func(r *task.UpdateRequest) {
		enabled := true
		r.Enabled = &enabled
		r.StartDate, r.FinishDate = noon, noon.Add(time.Hour)
		r.Notification = task.NotificationOnSuccess
	}}, changes...)...)
}

func fingerprint(t *testing.T, changes ...func(*task.UpdateRequest)) string {
	t.Helper()
	return applied(t, fullUpdate(changes...)).Fingerprint
}

func TestFingerprintIsTheSameHoweverTheUpdateWasWritten(t *testing.T) {
	want := fingerprint(t)
	for name, change := range map[string]func(*task.UpdateRequest){
		"again":                        func(*task.UpdateRequest) {},
		"another spelling":             func(r *task.UpdateRequest) { r.SetSentName(task.FieldTaskID, "taskid") },
		"ContentType in another case":  setContentType("APPLICATION/JSON;charset=utf-8"),
		"a date in another time zone":  setDates(noon.In(time.FixedZone("", 7200)), noon.Add(time.Hour)),
		"another task of the account":  func(r *task.UpdateRequest) { r.ID = freshID },
		"another precondition":         func(r *task.UpdateRequest) { r.IfMatch = []task.Revision{{Version: 1}} },
		"another idempotency key":      func(r *task.UpdateRequest) { r.IdempotencyKey = "k" },
		"an equal flag somewhere else": func(r *task.UpdateRequest) { enabled := true; r.Enabled = &enabled },
	} {
		if got := fingerprint(t, change); got != want {
			t.Errorf("%s: got fingerprint %s, want %s", name, got, want)
		}
	}
}

func TestFingerprintChangesWithEveryField(t *testing.T) {
	disabled := false
	seen := map[string]string{fingerprint(t): "nothing changed"}
	for name, change := range map[string]func(*task.UpdateRequest){
		"Enabled omitted":         func(r *task.UpdateRequest) { r.Enabled = nil },
		"Enabled false":           func(r *task.UpdateRequest) { r.Enabled = &disabled },
		"Frequency":               func(r *task.UpdateRequest) { r.Frequency = task.FrequencyWeekly },
		"StartDate":               setDates(noon.Add(task.DateResolution), noon.Add(time.Hour)),
		"StartDate omitted":       setDates(time.Time{}, noon.Add(time.Hour)),
		"FinishDate":              setDates(noon, noon.Add(2*time.Hour)),
		"dates omitted":           setDates(time.Time{}, time.Time{}),
		"Parameters":              setParameters(`{"a":1} `),
		"ContentType":             func(r *task.UpdateRequest) { r.Parameters, r.ContentType = "<a/>", "application/xml" },
		"Notification":            func(r *task.UpdateRequest) { r.Notification = task.NotificationAlways },
		"a field's text in other": setParameters(`"application/json"`),
	} {
		print := fingerprint(t, change)
		if other, again := seen[print]; again {
			t.Errorf("%s has the same fingerprint as %s", name, other)
		}
		seen[print] = name
	}
}

func TestFingerprintChangesWithTaskID(t *testing.T) {
	s := newSetup()
	s.source.names[freshID] = "Import address book"
	for _, id := range []uuid.UUID{reportID, freshID} {
		if _, err := s.update(t, fullUpdate(func(r *task.UpdateRequest) { r.TaskID = id })); err != nil {
			t.Fatal(err)
		}
	}
	if first, second := s.store.writes[0].Fingerprint, s.store.writes[1].Fingerprint; first == second {
		t.Errorf("updates to two catalogue entries have the same fingerprint %s", first)
	}
}

// token is the write token of an update that a client makes with an idempotency key.
func token(t *testing.T, clientID, key string) string {
	t.Helper()
	s := newSetup()
	service := task.NewService(&s.store, task.NewCatalogue(&s.source, time.Now, slog.New(slog.DiscardHandler)), time.Now, uuid.New)
	r := newRequest(func(r *task.UpdateRequest) { r.IdempotencyKey = key })
	if _, err := service.Update(t.Context(), task.NewCaller("a", "", clientID), r); err != nil {
		t.Fatal(err)
	}
	return s.store.writes[0].Token
}

func TestTokenIsScopedToClientAndKey(t *testing.T) {
	want := token(t, "demo", "key")
	if got := token(t, "demo", "key"); got != want {
		t.Errorf("a repeat has the token %s, want %s", got, want)
	}
	for _, other := range []struct{ client, key string }{{"demo", "other"}, {"other", "key"}, {"demok", "ey"}, {"dem", "okey"}} {
		if got := token(t, other.client, other.key); got == want {
			t.Errorf("client %q with key %q has the token of client demo with key key", other.client, other.key)
		}
	}
}

func TestUpdateWithoutKeyHasAFreshToken(t *testing.T) {
	if first, second := token(t, "demo", ""), token(t, "demo", ""); first == second {
		t.Errorf("two updates without a key have the same token %s", first)
	}
}

func TestTokenAndFingerprintFitTheTable(t *testing.T) {
	form := regexp.MustCompile(`^[A-Za-z0-9_-]{22}$`)
	w := applied(t, newRequest())
	for _, got := range []string{w.Token, w.Fingerprint, token(t, "demo", "key")} {
		if !form.MatchString(got) {
			t.Errorf("got %q, want 22 characters of base64url", got)
		}
	}
}
