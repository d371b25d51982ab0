package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/app"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/task"
)

// lambdaLimit is the maximum size of a synchronous invocation's answer, in bytes.
const lambdaLimit = 6 << 20

// TestPagesStayUnderTheLimitOfAnswers lists tasks with Parameters of the maximum size whose text becomes longest in an
// answer: an escape of six characters, whose backslash is escaped again in Lambda's own answer. There are as many tasks
// as the table returns at once, or fewer that are too large together.
func TestPagesStayUnderTheLimitOfAnswers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		character, accept string
		tasks             int
	}{
		{"\x01", "application/json", 4}, // in no update, but maybe in an item that something else wrote
		{`"`, "application/json", 4}, {"\u2028", "application/json", 4}, {"&", "application/xml", 3}, {"\r", "application/xml", 3},
	} {
		f := startOn(t, func(f *function) {
			for i := range test.tasks {
				large := storedTask(uuid.UUID{15: byte(i + 1)})
				large.Parameters = strings.Repeat(test.character, task.ParametersLimit/len(test.character))
				f.put(t, dynamo.TaskItem(demoAccount, large))
			}
		})
		stored := dynamo.NewTable(dynamotest.Patient(f.client), testTable)
		f.handler = app.NewAccountTasksOn(demoTokens{}, stored, stored, inEnvironment(environment(""), f.log))
		seen, largest := 0, 0
		for target := listing + "?count=100"; target != ""; {
			answer := f.answer(t, exchange{method: "GET", target: target, headers: []string{"Accept", test.accept}}.event(t))
			largest = max(largest, len(answer))
			var r reply
			if err := json.Unmarshal(answer, &r); err != nil {
				t.Fatal(err)
			}
			seen += strings.Count(r.Body, "LastModifiedBy") + strings.Count(r.Body, "<DateCreated>")
			target = nextOf(r)
		}
		t.Logf("%q in %s: the largest answer has %d bytes", test.character, test.accept, largest)
		if largest > lambdaLimit || seen != test.tasks {
			t.Errorf("%q in %s: got %d tasks and an answer of %d bytes, want %d and %d bytes at most", test.character, test.accept, seen, largest, test.tasks, lambdaLimit)
		}
	}
}

// TestLinksLeadOnceToEachTaskThatStays registers and deletes tasks between one page and the next.
func TestLinksLeadOnceToEachTaskThatStays(t *testing.T) {
	t.Parallel()
	for _, count := range []int{1, 2, 3, 7} {
		var stay, leave []string
		f := startOn(t, func(f *function) {
			for i := range 20 {
				id := uuid.UUID{0: byte(10 * (i + 1)), 15: 1}
				f.putTasks(t, id.String())
				if i%3 == 1 {
					leave = append(leave, id.String())
				} else {
					stay = append(stay, id.String())
				}
			}
		})
		var seen []string
		for target, page := fmt.Sprint(listing, "?count=", count), 0; target != ""; page++ {
			r := f.send(t, exchange{method: "GET", target: target})
			for _, d := range detailed[[]detail](t, r) {
				seen = append(seen, d.ID)
			}
			if target = nextOf(r); len(leave) > 0 {
				// The last task of the page, after which the next page begins, is one of the deleted tasks.
				f.send(t, exchange{method: "DELETE", target: listing + "/" + leave[0]})
				leave = leave[1:]
			}
			f.send(t, exchange{method: "POST", target: registration, body: goodRegistration})
		}
		if !slices.IsSorted(seen) || len(slices.Compact(slices.Clone(seen))) != len(seen) {
			t.Errorf("count %d: got %q, want each task once and in order", count, seen)
		}
		for _, id := range stay {
			if !slices.Contains(seen, id) {
				t.Errorf("count %d: the task %s, which stays, is on no page", count, id)
			}
		}
	}
}

// TestOnlyAMissingLinkIsTheEnd deletes all tasks of the first pages. These pages are then empty but have a Link.
func TestOnlyAMissingLinkIsTheEnd(t *testing.T) {
	f := startFunction(t)
	const last = "ffffffff-0000-4000-8000-000000000000"
	f.putTasks(t, last)
	for i := range 6 {
		id := uuid.UUID{0: byte(i), 15: 1}.String()
		f.putTasks(t, id)
		f.send(t, exchange{method: "DELETE", target: listing + "/" + id})
	}
	pages := f.listed(t, listing+"?count=2", "")
	if all := slices.Concat(pages...); len(pages[0]) > 0 || len(all) != 1 || all[0].ID != last {
		t.Errorf("got the pages %v, want empty ones that lead to the task", pages)
	}
	if first := f.send(t, exchange{method: "GET", target: listing + "?count=2"}); !strings.Contains(first.Body, `"Detail":[]`) {
		t.Errorf("got %s, want an empty list", first.Body)
	}
}
