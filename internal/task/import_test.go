package task_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// allowed returns an imported task that the rules have passed, and the error.
func allowed(t *testing.T, history task.History, changes ...func(*task.UpdateRequest)) (task.Import, error) {
	t.Helper()
	return newSetup().service().ValidateImport(t.Context(),
		task.Imported{AccountID: "demo-account", ClientID: freshID, History: history, UpdateRequest: newRequest(changes...)})
}

func TestAnImportedTaskKeepsItsIDAndClient(t *testing.T) {
	got, err := allowed(t, task.History{})
	if err != nil {
		t.Fatal(err)
	}
	if got.AccountID != "demo-account" || got.Task.ID != newRequest().ID || got.Task.ClientID != freshID || !got.Task.Enabled ||
		got.Task.Name != "Send scheduled report" || got.Task.Revision.Version != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestAnImportedTaskHasTheHistoryThatIsKnown(t *testing.T) {
	created, modified, now := noon.AddDate(-1, 0, 0), noon.AddDate(0, -1, 0), noon.Add(123_456_700)
	for _, test := range []struct {
		name    string
		history task.History
		want    task.History
	}{
		{"all", task.History{DateCreated: created, DateModified: modified, LastModifiedBy: "m", LastRunOn: noon, LastRunBy: "r"},
			task.History{DateCreated: created, DateModified: modified, LastModifiedBy: "m", LastRunOn: noon, LastRunBy: "r"}},
		{"never modified", task.History{DateCreated: created}, task.History{DateCreated: created, DateModified: created}},
		{"created is unknown", task.History{DateModified: modified}, task.History{DateCreated: modified, DateModified: modified}},
		{"nothing", task.History{}, task.History{DateCreated: now, DateModified: now}},
	} {
		got, err := allowed(t, test.history)
		if err != nil {
			t.Fatal(err)
		}
		has := task.History{DateCreated: got.Task.DateCreated, DateModified: got.Task.DateModified, LastModifiedBy: got.Task.LastModifiedBy,
			LastRunOn: got.Task.LastRunOn, LastRunBy: got.Task.LastRunBy}
		if has != test.want || !got.Since.Equal(test.want.DateModified) {
			t.Errorf("%s: got %+v, planned since %v, want %+v", test.name, has, got.Since, test.want)
		}
	}
}

func TestAnImportsPrintsTellAnEditAndARunApart(t *testing.T) {
	base := task.History{DateCreated: noon.AddDate(-1, 0, 0), LastRunOn: noon.AddDate(0, 0, -1), LastRunBy: "s"}
	prints := func(change func(*task.History), changes ...func(*task.UpdateRequest)) task.Prints {
		h := base
		change(&h)
		got, err := allowed(t, h, changes...)
		if err != nil {
			t.Fatal(err)
		}
		return got.Prints
	}
	same := func(*task.History) {}
	was := prints(same)
	for _, test := range []struct {
		name       string
		now        task.Prints
		edit, runs bool
	}{
		{"the same", prints(same), false, false},
		{"run", prints(func(h *task.History) { h.LastRunOn = noon }), false, true},
		{"run by another", prints(func(h *task.History) { h.LastRunBy = "other" }), false, true},
		{"other parameters", prints(same, setParameters("2")), true, false},
		{"disabled", prints(same, func(r *task.UpdateRequest) { r.Enabled = new(bool) }), true, false},
		{"modified", prints(func(h *task.History) { h.DateModified = noon }), true, false},
		{"modified by another", prints(func(h *task.History) { h.LastModifiedBy = "m" }), true, false},
		{"created at another time", prints(func(h *task.History) { h.DateCreated = noon }), true, false},
	} {
		if edit, runs := test.now.Edit != was.Edit, test.now.Runs != was.Runs; edit != test.edit || runs != test.runs {
			t.Errorf("%s: got another edit %t, another run %t, want %t, %t", test.name, edit, runs, test.edit, test.runs)
		}
	}
}

func TestATaskHasThePrintsOfItsImport(t *testing.T) {
	got, err := allowed(t, task.History{DateCreated: noon, DateModified: noon.Add(time.Hour), LastModifiedBy: "m", LastRunOn: noon, LastRunBy: "r"})
	if err != nil || got.Task.Prints() != got.Prints {
		t.Errorf("got %+v of the task, %v, want %+v", got.Task.Prints(), err, got.Prints)
	}
}

func TestAnImportedTaskIsHeldToTheRules(t *testing.T) {
	for name, change := range map[string]func(*task.UpdateRequest){
		"InvalidRequest": setParameters("{"),
		"UnknownTask":    func(r *task.UpdateRequest) { r.TaskID = uuid.MustParse("c0ffee11-2233-4455-8899-aabbccddeeff") },
	} {
		if _, err := allowed(t, task.History{}, change); string(task.AsError(err).Code) != name {
			t.Errorf("got %v, want %s", err, name)
		}
	}
}
