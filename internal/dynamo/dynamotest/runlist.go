package dynamotest

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// begin stores an open run of a task and returns what a list must show of it.
func (e engine) begin(t *testing.T, taskID uuid.UUID, due time.Time) run.Record {
	t.Helper()
	s := run.State{AccountID: e.account, Task: task.Task{ID: taskID, LastRunOn: due.Add(time.Second)}}
	s.Open = &run.Run{ID: uuid.New(), Due: due, Trigger: run.TriggerManual, User: "user", Missed: 2}
	e.putRun(t, s, due.Add(time.Hour))
	return run.Record{
		ID: s.Open.ID, Due: due, Trigger: run.TriggerManual, StartedOn: s.LastRunOn, Outcome: run.OutcomeRunning, Missed: 2,
	}
}

// runItem is the item of a run that has ended.
func (e engine) runItem(taskID uuid.UUID, r run.Record, expires time.Time) map[string]Attribute {
	return map[string]Attribute{
		dynamo.PartitionKey: text("ACCOUNT#" + e.account),
		dynamo.SortKey:      text("RUN#" + taskID.String() + "#" + task.FormatDate(r.Due) + "#" + r.ID.String()),
		"Started":           text(task.FormatDate(r.StartedOn)),
		"Finished":          text(task.FormatDate(r.FinishedOn)),
		"Trigger":           text(string(r.Trigger)),
		"Outcome":           text(string(r.Outcome)),
		"Message":           text(r.Message),
		"ExpiresAt":         &types.AttributeValueMemberN{Value: strconv.FormatInt(expires.Unix(), 10)},
	}
}

// runsOf follows the pages of a list of runs. Each page must end where the next one begins.
func (e engine) runsOf(t *testing.T, l run.Listing, look func(run.Page)) []run.Record {
	t.Helper()
	l.AccountID = e.account
	if l.Now.IsZero() {
		l.Now = day(20)
	}
	var all []run.Record
	for range 100 {
		page, err := e.table.Runs().List(t.Context(), l)
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Records) > l.Count {
			t.Errorf("got %d runs on a page, want at most %d", len(page.Records), l.Count)
		}
		look(page)
		all = append(all, page.Records...)
		if !page.More {
			return all
		}
		l.After = page.Next
	}
	t.Fatal("the pages of runs do not end")
	return nil
}

func ignore(run.Page) {}

func listsRunsInOrder(t *testing.T, e engine) {
	id := uuid.New()
	if got := e.runsOf(t, run.Listing{Ref: run.Ref{ID: id}, Count: 20}, ignore); len(got) != 0 {
		t.Errorf("got %v of a task that has not run", got)
	}
	// Dates are written without trailing zeros, so their texts have different lengths.
	dates := []time.Time{day(3), day(3).Truncate(time.Second), day(12).Add(time.Second), day(4).Truncate(time.Millisecond), day(4), day(4)}
	var want []run.Record
	for _, due := range dates {
		want = append(want, e.begin(t, id, due))
	}
	ended := run.Record{ID: uuid.New(), Due: day(5), Trigger: run.TriggerSchedule, StartedOn: day(5), FinishedOn: day(6),
		Outcome: run.OutcomeFailed, Message: `<a> & "b"`}
	e.putItem(t, e.runItem(id, ended, day(25)))
	want = append(want, ended)
	e.begin(t, uuid.New(), day(4))
	e.onAccount().begin(t, id, day(4))
	slices.SortFunc(want, func(a, b run.Record) int {
		if order := b.Due.Compare(a.Due); order != 0 {
			return order
		}
		return strings.Compare(b.ID.String(), a.ID.String())
	})
	if got := e.runsOf(t, run.Listing{Ref: run.Ref{ID: id}, Count: 20}, ignore); !slices.Equal(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func listsRunsOnPages(t *testing.T, e engine) {
	id := uuid.New()
	for n := range 7 {
		e.begin(t, id, day(3+n/2)) // some share their due time
	}
	list := run.Listing{Ref: run.Ref{ID: id}, Count: 20}
	all := e.runsOf(t, list, ignore)
	for _, count := range []int{1, 2, 3, 7} {
		list.Count = count
		pages := 0
		got := e.runsOf(t, list, func(run.Page) { pages++ })
		if want := (len(all) + count - 1) / count; !slices.Equal(got, all) || pages != want {
			t.Errorf("with %d on a page got %v on %d pages, want %v on %d", count, got, pages, all, want)
		}
	}
	list.After = all[2].Position()
	if got := e.runsOf(t, list, ignore); !slices.Equal(got, all[3:]) {
		t.Errorf("after the third one got %v, want %v", got, all[3:])
	}
	list.After = run.Position{Due: all[2].Due.Add(-task.DateResolution), RunID: uuid.New()}
	if got := e.runsOf(t, list, ignore); !slices.Equal(got, all[3:]) {
		t.Errorf("after a run that does not exist got %v, want %v", got, all[3:])
	}
	// A run that begins while the pages are followed does not move the others.
	list, first := run.Listing{Ref: run.Ref{ID: id}, Count: 2}, true
	got := e.runsOf(t, list, func(run.Page) {
		if first {
			e.begin(t, id, day(15))
		}
		first = false
	})
	if !slices.Equal(got, all) {
		t.Errorf("while another run began got %v, want %v", got, all)
	}
}

// hidesExpiredRuns has items that DynamoDB has not deleted yet.
func hidesExpiredRuns(t *testing.T, e engine) {
	id := uuid.New()
	var kept []run.Record
	for n := range 6 {
		r := run.Record{ID: uuid.New(), Due: day(9 - n), Trigger: run.TriggerSchedule, StartedOn: day(9 - n), FinishedOn: day(10), Outcome: run.OutcomeSuccess}
		expires := day(25)
		if n%2 == 1 {
			expires = day(15)
		} else {
			kept = append(kept, r)
		}
		e.putItem(t, e.runItem(id, r, expires))
	}
	for _, count := range []int{1, 2, 20} {
		if got := e.runsOf(t, run.Listing{Ref: run.Ref{ID: id}, Count: count, Now: day(15)}, ignore); !slices.Equal(got, kept) {
			t.Errorf("with %d on a page got %v, want %v", count, got, kept)
		}
	}
}

// listsRunsWithinAnswer lists runs with messages larger than any that the service stores.
func listsRunsWithinAnswer(t *testing.T, e engine) {
	const answerLimit = 6 << 20
	id, message := uuid.New(), strings.Repeat("<", 100_000)
	for n := range 15 {
		r := run.Record{ID: uuid.New(), Due: day(1 + n), StartedOn: day(1 + n), FinishedOn: day(16), Outcome: run.OutcomeFailed, Message: message}
		e.putItem(t, e.runItem(id, r, day(25)))
	}
	pages := 0
	got := e.runsOf(t, run.Listing{Ref: run.Ref{ID: id}, Count: task.MaxCount}, func(page run.Page) {
		pages++
		if size := len(page.Records) * len(message) * 7; size > answerLimit || len(page.Records) == 0 {
			t.Errorf("got %d runs on a page, which may take %d bytes in an answer", len(page.Records), size)
		}
	})
	if len(got) != 15 || pages < 3 {
		t.Errorf("got %d runs on %d pages, want all 15 on more", len(got), pages)
	}
}
