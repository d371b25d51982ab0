package dynamotest

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
)

// replacesForeignRunState saves looks at items in which another program has written what the runner keeps. What
// cannot be read counts as missing, and a task that a look cannot save would never run.
func replacesForeignRunState(t *testing.T, e engine) {
	for name, foreign := range map[string]map[string]Attribute{
		"DueAt with Z":         {"DueAt": text("2026-06-10T00:00:00Z"), "DueShard": text("00")},
		"DueAt that is none":   {"DueAt": text("soon"), "DueShard": text("00")},
		"Claims as text":       {"Claims": text("3")},
		"Claims as a fraction": {"Claims": &types.AttributeValueMemberN{Value: "1.5"}},
		"Run as text":          {"Run": text("running")},
		"Run without an ID":    {"Run": &types.AttributeValueMemberM{Value: map[string]Attribute{"Due": text("2026-06-10T00:00:00Z")}}},
		"no Version":           {"Version": &types.AttributeValueMemberNULL{Value: true}},
		"Version as text":      {"Version": text("3")},
		"nothing":              {"Run": &types.AttributeValueMemberNULL{Value: true}, "Claims": &types.AttributeValueMemberNULL{Value: true}},
	} {
		before := stored()
		item := dynamo.TaskItem(e.account, before)
		for attribute, value := range foreign {
			item[attribute] = value
		}
		e.putItem(t, item)
		seen := e.state(t, before.ID)
		want := claimed(seen)
		if seen.Open != nil {
			t.Errorf("%s: got the open run %+v, want none", name, seen.Open)
		}
		current, saved, err := e.table.Runs().Save(t.Context(), seen, want)
		if err != nil || !saved {
			t.Errorf("%s: got saved %t and %v, want it saved", name, saved, err)
			continue
		}
		if !sameKept(current, want) || !sameKept(e.state(t, before.ID), want) {
			t.Errorf("%s: got %+v, want %+v", name, current.Kept, want.Kept)
		}
		stale := seen
		stale.DueAt = want.DueAt.Add(1)
		e.refuseLook(t, stale, claimed(run.State{AccountID: seen.AccountID, Task: seen.Task}))
	}
}

// endsForeignRuns ends runs in whose items another program has written the outcome or the deadline.
func endsForeignRuns(t *testing.T, e engine) {
	for name, foreign := range map[string]map[string]Attribute{
		"a deadline with Z":           {"DueAt": text("2026-06-10T00:00:00Z")},
		"a deadline that is none":     {"DueAt": text("soon")},
		"an outcome that is a number": {"Outcome": numeral("1")},
		"an outcome that is null":     {"Outcome": &types.AttributeValueMemberNULL{Value: true}},
	} {
		s, _ := e.opened(t)
		item := e.item(t, e.runItem(s.ID, run.Record{ID: s.Open.ID, Due: s.Open.Due}, day(30)))
		for attribute, value := range foreign {
			item[attribute] = value
		}
		e.putItem(t, item)
		seen := e.run(t, s.OpenKey())
		t.Run(name, func(t *testing.T) {
			ended := reported(seen, run.OutcomeSuccess, day(14))
			if got := e.endRun(t, seen, ended, true); got != ended {
				t.Errorf("got the run %+v, want %+v", got, ended)
			}
			e.endRun(t, seen, ended, false)
		})
	}
}

// skipsForeignRows finds a due task beside a row of the index that is neither a task's nor a run's.
func skipsForeignRows(t *testing.T, e engine) {
	s := e.edited(t, nil)
	row := e.item(t, dynamo.TaskItem(e.account, s.Task))
	row[dynamo.SortKey] = text("TASK#by-hand")
	e.putItem(t, row)
	if !e.isDue(t, s.ID, day(28)) {
		t.Error("a row of another kind hides a task that is due")
	}
}
