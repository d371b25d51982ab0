package bus_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/openapi/openapitest"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// endedRun is a run whose task asks for every notification.
func endedRun() run.Stored {
	e := event()
	return run.Stored{
		Task: run.Ref{AccountID: e.AccountID, ID: e.ID}, User: e.User, Name: e.Name, TaskID: e.TaskID,
		Notification: task.NotificationAlways, ModifiedBy: "demo.user",
		Record: run.Record{
			ID: e.RunID, Due: e.Due, Trigger: e.Trigger, Missed: e.Missed, Outcome: run.OutcomeFailed, Message: "<refused>",
			StartedOn: e.Due.Add(time.Second), FinishedOn: e.Due.Add(time.Minute),
		},
	}
}

func TestANotificationIsPutAsItIsPublished(t *testing.T) {
	b := &eventBridge{answers: []string{taken}}
	if err := b.start(t).Notify(t.Context(), endedRun()); err != nil || len(b.got) != 1 {
		t.Fatalf("got %d entries and the error %v, want one entry", len(b.got), err)
	}
	want := entry{"tasks", "accounttasks", "Account Task Notification",
		`{"version":1,"runId":"11111111-2222-4333-8444-555555555555","account":"account","id":"a23b4ff9-5d7e-4603-b937-6e1f724316b9",` +
			`"taskId":"7798c127-7f74-40c6-9bd4-caf4be84ca89","name":"Send scheduled report","due":"2026-06-04T03:45:03.2545297+00:00",` +
			`"trigger":"SCHEDULE","missed":2,"startedOn":"2026-06-04T03:45:04.2545297+00:00","finishedOn":"2026-06-04T03:46:03.2545297+00:00",` +
			`"outcome":"FAILED","message":"<refused>","notification":"ALWAYS","user":"scheduler","modifiedBy":"demo.user"}`}
	if b.got[0] != want {
		t.Errorf("got %+v\nwant %+v", b.got[0], want)
	}
	if err := openapitest.ValidateSentEvent(want.DetailType, b.got[0].Detail); err != nil {
		t.Error(err)
	}
}

func TestANotificationThatStaysRefusedIsAnErrorWithoutItsContents(t *testing.T) {
	b := &eventBridge{answers: []string{refused}}
	err := b.start(t).Notify(t.Context(), endedRun())
	if err == nil || strings.Contains(err.Error(), "<refused>") || !strings.Contains(err.Error(), uuid.UUID(endedRun().ID).String()) {
		t.Errorf("got the error %v, want one that names the run alone", err)
	}
}
