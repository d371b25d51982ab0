package task_test

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

var (
	taskID   = uuid.MustParse("a23b4ff9-5d7e-4603-b937-6e1f724316b9")
	reportID = uuid.MustParse("7798c127-7f74-40c6-9bd4-caf4be84ca89")
	freshID  = uuid.MustParse("0b5c3e0e-8d5a-4c7e-9f31-5a1d2c3b4e5f")
	noon     = time.Date(2026, time.June, 4, 12, 0, 0, 0, time.UTC)
	caller   = task.NewCaller("demo-account", "demo.user", "demo", task.ScopeWrite)
)

// store is a task.Store that accepts every write and keeps it.
type store struct {
	task.Store
	registered []task.Registration
	deleted    []task.Deletion
	writes     []task.ConditionalUpdate
	result     task.Result
	err        error
}

func (s *store) Update(_ context.Context, w task.ConditionalUpdate) (task.Result, error) {
	s.writes = append(s.writes, w)
	return s.result, s.err
}

// source is a task.CatalogueSource that counts how often it is read.
type source struct {
	names   map[uuid.UUID]string
	skipped []error
	err     error
	reads   int
}

func (s *source) LoadCatalogue(context.Context) (task.CatalogueCopy, error) {
	s.reads++
	return task.CatalogueCopy{Names: s.names, Skipped: s.skipped}, s.err
}

// setup is a service on a store and a catalogue source, at noon.
type setup struct {
	store  store
	source source
}

func newSetup() *setup {
	return &setup{source: source{names: map[uuid.UUID]string{reportID: "Send scheduled report"}}}
}

func (s *setup) update(t *testing.T, r task.UpdateRequest) (task.Result, error) {
	t.Helper()
	now := func() time.Time { return noon.Add(123_456_789) }
	service := task.NewService(&s.store, task.NewCatalogue(&s.source, now, slog.New(slog.DiscardHandler)), now, func() uuid.UUID { return freshID })
	return service.Update(t.Context(), caller, r)
}

// applied returns the write that the request leads to.
func applied(t *testing.T, r task.UpdateRequest) task.ConditionalUpdate {
	t.Helper()
	s := newSetup()
	if _, err := s.update(t, r); err != nil {
		t.Fatalf("the update was refused: %v", err)
	}
	return s.store.writes[0]
}

// refusal returns the error that the request leads to; nothing may have reached the store.
func refusal(t *testing.T, r task.UpdateRequest) *task.Error {
	t.Helper()
	s := newSetup()
	_, err := s.update(t, r)
	var refused *task.Error
	if !errors.As(err, &refused) {
		t.Fatalf("got error %v, want a refusal", err)
	}
	if len(s.store.writes) > 0 {
		t.Errorf("the refused update reached the store: %+v", s.store.writes)
	}
	return refused
}

// expectNamed fails the test unless a refusal has one sentence for each of the fields, in this order. The sentences
// themselves are asserted where callers get them, in internal/api.
func expectNamed(t *testing.T, refused *task.Error, fields ...string) {
	t.Helper()
	sentences := strings.SplitAfter(refused.Reason, ". ")
	if len(sentences) != len(fields) {
		t.Errorf("got the sentences %q, want one for each of %v", sentences, fields)
		return
	}
	for i, field := range fields {
		if !strings.HasPrefix(sentences[i], field+" ") {
			t.Errorf("got the sentences %q, want them about %v", sentences, fields)
		}
	}
}

// draft is a draft that every rule allows, changed by the functions.
func newRequest(changes ...func(*task.UpdateRequest)) task.UpdateRequest {
	r := task.UpdateRequest{ID: taskID}
	r.Definition = task.Definition{
		TaskID: reportID, Frequency: task.FrequencyDaily, Parameters: `{"a":1}`, ContentType: "application/json",
	}
	for _, f := range []task.Field{task.FieldTaskID, task.FieldFrequency, task.FieldParameters, task.FieldContentType} {
		r.SetSentName(f, f.String())
	}
	for _, change := range changes {
		change(&r)
	}
	return r
}

func TestUpdateHandsTheWholeWriteToTheStore(t *testing.T) {
	enabled := false
	got := applied(t, newRequest(func(r *task.UpdateRequest) {
		r.Enabled = &enabled
		r.StartDate, r.FinishDate = noon, noon.Add(time.Hour)
		r.ContentType = "Application/JSON; charset=utf-8"
		r.Notification = task.NotificationAlways
		r.IfMatch = []task.Revision{{Version: 3, Token: "t"}}
	}))
	if got.Token == "" || got.Fingerprint == "" {
		t.Errorf("got token %q and fingerprint %q, want both", got.Token, got.Fingerprint)
	}
	got.Token, got.Fingerprint = "", ""
	want := task.ConditionalUpdate{
		AccountID: "demo-account",
		ID:        taskID,
		Enabled:   &enabled,
		Definition: task.Definition{
			TaskID: reportID, Frequency: task.FrequencyDaily, StartDate: noon, FinishDate: noon.Add(time.Hour),
			Parameters: `{"a":1}`, ContentType: task.ContentTypeJSON, Notification: task.NotificationAlways,
		},
		Name:       "Send scheduled report",
		ModifiedBy: "demo.user",
		ModifiedAt: noon.Add(123_456_700),
		IfMatch:    []task.Revision{{Version: 3, Token: "t"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got write\n%+v, want\n%+v", got, want)
	}
}

func TestUpdateGivesBackWhatTheStoreSays(t *testing.T) {
	s := newSetup()
	s.store.result = task.Result{Task: task.Task{Name: "stored"}, Replayed: true}
	s.store.err = errors.New("no table")
	got, err := s.update(t, newRequest())
	if !reflect.DeepEqual(got, s.store.result) || err != s.store.err {
		t.Errorf("got %+v and %v, want the store's %+v and %v", got, err, s.store.result, s.store.err)
	}
}

func TestOneRefusalNamesEveryProblem(t *testing.T) {
	var r task.UpdateRequest
	r.StartDate, r.FinishDate = noon, noon.Add(-time.Second)
	r.Problems = task.Problems{{Field: tag, Code: task.CodeInvalidRequest, Sentence: "Tag is wrong."}}
	got := refusal(t, r)
	expectNamed(t, got, "TaskID", "Frequency", "FinishDate", "Parameters", "ContentType", "Tag")
	if got.Code != task.CodeInvalidRequest {
		t.Errorf("got %s, want %s", got.Code, task.CodeInvalidRequest)
	}
}

func TestUnknownTaskIsNamedAmongOtherProblems(t *testing.T) {
	unknown := func(r *task.UpdateRequest) { r.TaskID = freshID }
	if got := refusal(t, newRequest(unknown)).Code; got != task.CodeUnknownTask {
		t.Errorf("got code %s for an unknown task alone, want %s", got, task.CodeUnknownTask)
	}
	got := refusal(t, newRequest(unknown, func(r *task.UpdateRequest) { r.Parameters = "" }))
	expectNamed(t, got, "TaskID", "Parameters")
	if got.Code != task.CodeInvalidRequest || !strings.Contains(got.Reason, freshID.String()) {
		t.Errorf("got %s %q, want %s and the unknown TaskID", got.Code, got.Reason, task.CodeInvalidRequest)
	}
}

func TestCatalogueThatWasNeverReadFailsOnlyWhatIsNotRefused(t *testing.T) {
	s := newSetup()
	s.source.err = &task.Error{Code: task.CodeUnavailable}
	if _, err := s.update(t, newRequest()); task.AsError(err).Code != task.CodeUnavailable {
		t.Errorf("got %v for an update with nothing wrong, want %s", err, task.CodeUnavailable)
	}
	_, err := s.update(t, newRequest(func(r *task.UpdateRequest) { r.Parameters = "" }))
	if task.AsError(err).Code != task.CodeInvalidRequest {
		t.Errorf("got %v for an update without Parameters, want %s", err, task.CodeInvalidRequest)
	}
	if len(s.store.writes) > 0 {
		t.Errorf("an update without a name reached the store: %+v", s.store.writes)
	}
}

func TestRefusedUpdateWithoutTaskIDDoesNotReadTheCatalogue(t *testing.T) {
	s := newSetup()
	if _, err := s.update(t, task.UpdateRequest{}); err == nil || s.source.reads > 0 {
		t.Errorf("got error %v after %d reads of the catalogue, want a refusal after none", err, s.source.reads)
	}
}
