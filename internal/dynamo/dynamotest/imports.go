package dynamotest

import (
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

// imported is an import of a task that the rules allow.
func (e engine) imported(t *testing.T) task.Import {
	t.Helper()
	i := task.Import{AccountID: e.account, Task: e.registration().Task, Since: day(1), Prints: task.Prints{Edit: "edit", Runs: "runs"}}
	i.Task.DateCreated, i.Task.DateModified, i.Task.LastRunOn, i.Task.LastRunBy = day(1), day(2), day(3), "old"
	return i
}

// stored finds a task among all.
func (e engine) stored(t *testing.T, i task.Import) dynamo.StoredTask {
	t.Helper()
	for stored, err := range e.table.Runs().All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if stored.ID == i.Task.ID {
			return stored
		}
	}
	t.Fatalf("task %s is not listed", i.Task.ID)
	return dynamo.StoredTask{}
}

// importsOnce checks that an import creates a task once, replaces it as it was seen, and brings a later run only.
func importsOnce(t *testing.T, e engine) {
	runs, i := e.table.Runs(), e.imported(t)
	expect := func(what string, want bool, written bool, err error) {
		t.Helper()
		if err != nil || written != want {
			t.Fatalf("%s: got written %t, %v, want %t", what, written, err, want)
		}
	}
	written, err := runs.ImportTask(t.Context(), i, nil, day(9))
	expect("a new task", true, written, err)
	other := i
	other.Task.Revision.Token = "another import's"
	written, err = runs.ImportTask(t.Context(), other, nil, day(9))
	expect("a task that is there", false, written, err)
	first := e.stored(t, i)
	if first.Mark != (dynamo.ImportMark{Prints: i.Prints, Revision: i.Task.Revision}) || !first.Last.Equal(day(3)) || !first.DueAt.Equal(day(9)) {
		t.Errorf("got %+v", first)
	}
	i.Runs, i.Task.LastRunOn = "later", day(4)
	written, err = runs.ImportRuns(t.Context(), i, first.State, day(9))
	expect("a later run", true, written, err)
	if now := e.stored(t, i); now.Revision != first.Revision || !now.Last.Equal(day(4)) || now.Mark.Runs != "later" {
		t.Errorf("got %+v after a run, want the same revision", now)
	}
	i.Task.LastRunOn, i.Task.Revision.Token = day(2), "second"
	written, err = runs.ImportTask(t.Context(), i, &first.State, day(9))
	expect("a change", true, written, err)
	second := e.stored(t, i)
	if second.Revision != (task.Revision{Version: first.Revision.Version + 1, Token: "second"}) {
		t.Errorf("got the revision %+v, want the next", second.Revision)
	}
	written, err = runs.ImportTask(t.Context(), i, &first.State, day(9))
	expect("a change of a task that has changed", false, written, err)
	ran := claimed(second.State)
	ran.Open = nil // and its lease has ended
	e.save(t, second.State, ran)
	written, err = runs.ImportTask(t.Context(), i, &second.State, day(9))
	expect("a change of a task that has run", false, written, err)
	written, err = runs.RemoveImported(t.Context(), second.State)
	expect("the removal of a task that has run", false, written, err)
}

// removesImported checks that a removed task can come back, and that one that a caller has deleted stays marked.
func removesImported(t *testing.T, e engine) {
	runs, i := e.table.Runs(), e.imported(t)
	for range 2 {
		if written, err := runs.ImportTask(t.Context(), i, nil, day(9)); err != nil || !written {
			t.Fatalf("got written %t, %v, want the task created", written, err)
		}
		if removed, err := runs.RemoveImported(t.Context(), e.stored(t, i).State); err != nil || !removed {
			t.Fatalf("got removed %t, %v, want it removed", removed, err)
		}
	}
	if _, err := runs.ImportTask(t.Context(), i, nil, day(9)); err != nil {
		t.Fatal(err)
	}
	e.delete(t, e.deletion(i.Task.ID))
	if expires := e.item(t, dynamo.TaskItem(e.account, i.Task))["ExpiresAt"]; !isAfter(expires, day(9).AddDate(100, 0, 0)) {
		t.Errorf("the mark of a deleted task that was imported expires at %v, want it kept", expires)
	}
}

// importsOverForeignAttributes replaces and removes tasks whose items another program has written.
func importsOverForeignAttributes(t *testing.T, e engine) {
	for name, foreign := range map[string]map[string]Attribute{
		"a version as text":        {"Version": text("1")},
		"a token that is a number": {"W0": numeral("7")},
		"no token":                 {"W0": nil},
		"claims as text":           {"Claims": text("none")},
		"a run as text":            {"Run": text("none")},
	} {
		t.Run(name, func(t *testing.T) {
			runs, i := e.table.Runs(), e.imported(t)
			byHand := func() dynamo.StoredTask {
				item := dynamo.TaskItem(e.account, i.Task)
				for attribute, value := range foreign {
					if item[attribute] = value; value == nil {
						delete(item, attribute)
					}
				}
				e.putItem(t, item)
				return e.stored(t, i)
			}
			seen := byHand()
			if written, err := runs.ImportTask(t.Context(), i, &seen.State, day(9)); err != nil || !written {
				t.Errorf("got written %t, %v, want the task replaced", written, err)
			}
			replaced := e.stored(t, i)
			if replaced.Revision != (task.Revision{Version: seen.Revision.Version + 1, Token: i.Task.Revision.Token}) {
				t.Errorf("got the revision %+v, want the import's", replaced.Revision)
			}
			seen = byHand()
			if written, err := runs.ImportRuns(t.Context(), i, seen.State, day(9)); err != nil || !written {
				t.Errorf("got written %t, %v, want the last run brought", written, err)
			}
			changed := seen.State
			changed.Claims++
			if removed, err := runs.RemoveImported(t.Context(), changed); err != nil || removed {
				t.Errorf("got removed %t, %v of a task that has run, want it left", removed, err)
			}
			if removed, err := runs.RemoveImported(t.Context(), seen.State); err != nil || !removed {
				t.Errorf("got removed %t, %v, want the task removed", removed, err)
			}
			if removed, err := runs.RemoveImported(t.Context(), seen.State); err != nil || !removed {
				t.Errorf("got removed %t, %v of a task that is gone, want it said to be removed", removed, err)
			}
		})
	}
}

// isAfter compares a number of seconds since 1970, which an engine may write as a floating-point number.
func isAfter(seconds Attribute, at time.Time) bool {
	number, ok := seconds.(*types.AttributeValueMemberN)
	if !ok {
		return false
	}
	n, err := strconv.ParseFloat(number.Value, 64)
	return err == nil && n > float64(at.Unix())
}
