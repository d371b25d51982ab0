package task_test

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// validated returns the registration of an imported task, and the error.
func validated(t *testing.T, s *setup, changes ...func(*task.UpdateRequest)) (task.Registration, error) {
	t.Helper()
	return s.service().ValidateImport(t.Context(), task.Imported{AccountID: "demo-account", ClientID: freshID, UpdateRequest: newRequest(changes...)})
}

func TestAnImportedTaskKeepsItsIDAndClient(t *testing.T) {
	s := newSetup()
	got, err := validated(t, s)
	if err != nil {
		t.Fatal(err)
	}
	if got.AccountID != "demo-account" || got.Task.ID != newRequest().ID || got.Task.ClientID != freshID || !got.Task.Enabled ||
		got.Task.Name != "Send scheduled report" || got.Task.Revision.Version != 1 || got.Task.DateCreated.IsZero() {
		t.Errorf("got %+v", got)
	}
	if len(s.store.registered) > 0 {
		t.Error("judging has written to the store")
	}
	if created, err := s.service().Import(t.Context(), got); !created || err != nil {
		t.Errorf("got %v, %v, want it created", created, err)
	}
}

func TestAnImportedTaskIsHeldToTheRules(t *testing.T) {
	for name, change := range map[string]func(*task.UpdateRequest){
		"InvalidRequest": setParameters("{"),
		"UnknownTask":    func(r *task.UpdateRequest) { r.TaskID = uuid.MustParse("c0ffee11-2233-4455-8899-aabbccddeeff") },
	} {
		if _, err := validated(t, newSetup(), change); string(task.AsError(err).Code) != name {
			t.Errorf("got %v, want %s", err, name)
		}
	}
}

func TestAnImportTellsATaskThatIsThereFromAFailure(t *testing.T) {
	tests := []struct {
		err    error
		failed bool
	}{
		{&task.Error{Code: task.CodeIdempotencyKeyReused}, false},
		{&task.Error{Code: task.CodeTaskNotFound}, false},
		{&task.Error{Code: task.CodeUnavailable}, true},
		{errors.New("no table"), true},
	}
	for _, test := range tests {
		s := newSetup()
		r, err := validated(t, s)
		if err != nil {
			t.Fatal(err)
		}
		s.store.err = test.err
		if created, err := s.service().Import(t.Context(), r); created || (err != nil) != test.failed {
			t.Errorf("%v: got %v, %v, want a failure %v", test.err, created, err, test.failed)
		}
	}
}
