package task_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

func (s *store) Register(_ context.Context, r task.Registration) (task.Result, error) {
	s.registered = append(s.registered, r)
	return s.result, s.err
}

func (s *store) Delete(_ context.Context, d task.Deletion) (task.Result, error) {
	s.deleted = append(s.deleted, d)
	return s.result, s.err
}

// service is the setup's service, with random IDs.
func (s *setup) service() *task.Service {
	now := func() time.Time { return noon.Add(123_456_789) }
	return task.NewService(&s.store, task.NewCatalogue(&s.source, now, slog.New(slog.DiscardHandler)), now, uuid.New)
}

// registrationBy returns the registration that a client's request leads to.
func registrationBy(t *testing.T, clientID string, changes ...func(*task.UpdateRequest)) task.Registration {
	t.Helper()
	s := newSetup()
	by := task.NewCaller("demo-account", "demo.user", clientID)
	if _, err := s.service().Register(t.Context(), by, newRequest(changes...)); err != nil {
		t.Fatal(err)
	}
	return s.store.registered[0]
}

func setKey(key string) func(*task.UpdateRequest) {
	return func(r *task.UpdateRequest) { r.IdempotencyKey = key }
}

func TestRegistrationIsTheCallersTaskAtItsFirstRevision(t *testing.T) {
	got := registrationBy(t, "demo")
	want := got.Task
	want.Name, want.Enabled = "Send scheduled report", true
	want.DateCreated, want.DateModified = noon.Add(123_456_700), noon.Add(123_456_700)
	want.LastModifiedBy = "demo.user"
	want.Revision.Version = 1
	if got.AccountID != "demo-account" || got.Keyed || got.Task != want || got.Task.ID == uuid.Nil {
		t.Errorf("got %+v", got)
	}
	off := false
	if registrationBy(t, "demo", func(r *task.UpdateRequest) { r.Enabled = &off }).Task.Enabled {
		t.Error("an Enabled that was sent did not count")
	}
}

func TestRegistrationWithAKeyComesToTheSameTask(t *testing.T) {
	first := registrationBy(t, "demo", setKey("k"))
	if again := registrationBy(t, "demo", setKey("k")); again.Task.ID != first.Task.ID || again.Task.Revision != first.Task.Revision ||
		again.Fingerprint != first.Fingerprint || !again.Keyed {
		t.Errorf("got %+v for a repeat of %+v", again, first)
	}
	for name, other := range map[string]task.Registration{
		"another key":    registrationBy(t, "demo", setKey("l")),
		"another client": registrationBy(t, "demo2", setKey("k")),
		"no key":         registrationBy(t, "demo"),
	} {
		if other.Task.ID == first.Task.ID || other.Task.Revision.Token == first.Task.Revision.Token {
			t.Errorf("%s has the same task id", name)
		}
	}
	if update := applied(t, newRequest()); update.Fingerprint == first.Fingerprint {
		t.Error("an update has the fingerprint of a registration: a key's fingerprint includes the operation")
	}
}

func TestClientIDOfATaskIsAGUID(t *testing.T) {
	const guid = "b8a82cbc-8926-4224-9def-9a9e2ad12ba2"
	if got := registrationBy(t, guid).Task.ClientID.String(); got != guid {
		t.Errorf("got %s for the client %s", got, guid)
	}
	made := registrationBy(t, "demo").Task.ClientID
	if made.Version() != 5 || made != registrationBy(t, "demo").Task.ClientID || made == registrationBy(t, "demo2").Task.ClientID {
		t.Errorf("got %s for a client id that is not a GUID, want a UUIDv5 of it", made)
	}
}

func TestRegistrationIsJudgedAsAnUpdateIs(t *testing.T) {
	s := newSetup()
	_, err := s.service().Register(t.Context(), caller, newRequest(setParameters("{"), func(r *task.UpdateRequest) { r.TaskID = freshID }))
	if refusal := task.AsError(err); refusal.Code != task.CodeInvalidRequest || len(s.store.registered) != 0 {
		t.Errorf("got %v, want both fields refused and nothing registered", err)
	}
}

func TestDeleteSaysWhatGuardsIt(t *testing.T) {
	s := newSetup()
	d := task.DeleteRequest{ID: taskID, IdempotencyKey: "k", IfMatch: []task.Revision{{Version: 1}}, NotAt: []task.Revision{{Version: 2}}, NotAtAny: true}
	if _, err := s.service().Delete(t.Context(), caller, d); err != nil {
		t.Fatal(err)
	}
	got := s.store.deleted[0]
	if got.ID != taskID || got.AccountID != "demo-account" || !got.Keyed || len(got.IfMatch) != 1 || len(got.NotAt) != 1 || !got.NotAtAny ||
		!got.DeletedAt.Equal(noon.Add(123_456_700)) || got.Token == "" || got.Fingerprint == "" {
		t.Errorf("got %+v", got)
	}
}

func TestCatalogueIsListedInOrder(t *testing.T) {
	s := newSetup()
	s.source.names[freshID] = "Import address book"
	entries, err := s.service().ListCatalogue(t.Context())
	want := []task.CatalogueEntry{{freshID, "Import address book"}, {reportID, "Send scheduled report"}}
	if err != nil || len(entries) != 2 || entries[0] != want[0] || entries[1] != want[1] {
		t.Errorf("got %v and %v, want %v", entries, err, want)
	}
}
