package dynamotest

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// list follows the pages, calling between after each, and returns the IDs.
func (e engine) list(t *testing.T, l task.Listing, between func(page task.Page)) (ids []uuid.UUID) {
	t.Helper()
	l.AccountID = e.account
	for range 1000 {
		page, err := e.table.List(t.Context(), l)
		if err != nil {
			t.Fatal(err)
		}
		for _, listed := range page.Tasks {
			ids = append(ids, listed.ID)
		}
		if len(page.Tasks) > l.Count {
			t.Errorf("got %d tasks on a page, want %d at most", len(page.Tasks), l.Count)
		}
		if !page.More {
			return ids
		}
		between(page)
		l.After = page.Next
	}
	t.Fatal("the list has no end")
	return nil
}

// putMany stores n tasks and returns their IDs in order.
func (e engine) putMany(t *testing.T, n int, parameters string) []uuid.UUID {
	t.Helper()
	ids := make([]uuid.UUID, n)
	for i := range ids {
		each := stored()
		each.Parameters = parameters
		ids[i] = e.put(t, each).ID
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return ids
}

func listsInOrder(t *testing.T, e engine) {
	none := func(task.Page) {}
	if got := e.list(t, task.Listing{Count: 20}, none); len(got) != 0 {
		t.Errorf("got %v on an account without tasks", got)
	}
	ids := e.putMany(t, 7, "{}")
	e.onAccount().putMany(t, 2, "{}")
	for _, count := range []int{1, 3, 7, 100} {
		if got := e.list(t, task.Listing{Count: count}, none); !slices.Equal(got, ids) {
			t.Errorf("with %d on a page got %v, want %v", count, got, ids)
		}
	}
	if got := e.list(t, task.Listing{Count: 3, After: ids[2]}, none); !slices.Equal(got, ids[3:]) {
		t.Errorf("after the third one got %v, want %v", got, ids[3:])
	}
	gone := ids[2]
	gone[15]++
	if got := e.list(t, task.Listing{Count: 3, After: gone}, none); !slices.Equal(got, ids[3:]) {
		t.Errorf("after an ID that does not exist got %v, want %v", got, ids[3:])
	}
	page, err := e.table.List(t.Context(), task.Listing{AccountID: e.account, Count: 1, Summary: true})
	if err != nil || page.Tasks[0].Parameters != "" || page.Tasks[0].ContentType == "" {
		t.Errorf("got %+v and %v, want a task without its parameters", page, err)
	}
}

// listsWhatStays registers and deletes tasks while it follows the pages of a list.
func listsWhatStays(t *testing.T, e engine) {
	ids := e.putMany(t, 12, "{}")
	deleted := map[uuid.UUID]bool{}
	for _, id := range ids[4:8] { // two pages that are empty
		e.delete(t, e.deletion(id))
		deleted[id] = true
	}
	first := true
	got := e.list(t, task.Listing{Count: 2}, func(page task.Page) {
		if first {
			e.delete(t, e.deletion(page.Next)) // the ID that the next page begins after
			e.putMany(t, 2, "{}")
		}
		first = false
	})
	seen := map[uuid.UUID]int{}
	for _, id := range got {
		seen[id]++
	}
	for _, id := range ids {
		if !deleted[id] && seen[id] != 1 {
			t.Errorf("the task %s was listed %d times, want once", id, seen[id])
		}
	}
}

// listsWithinAnswer lists tasks of the maximum size.
func listsWithinAnswer(t *testing.T, e engine) {
	const answerLimit = 6 << 20
	large := `"` + strings.Repeat("<", task.ParametersLimit-2) + `"`
	ids := e.putMany(t, 5, large) // the table would give four of them at once
	pages := 1
	got := e.list(t, task.Listing{Count: task.MaxCount}, func(page task.Page) {
		pages++
		if size := len(page.Tasks) * len(large) * 7; size > answerLimit || len(page.Tasks) == 0 {
			t.Errorf("got %d tasks on a page, which may take %d bytes in an answer", len(page.Tasks), size)
		}
	})
	if !slices.Equal(got, ids) || pages < 2 {
		t.Errorf("got %d tasks on %d pages, want all %d on more", len(got), pages, len(ids))
	}
}
