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
