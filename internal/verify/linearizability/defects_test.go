package linearizability_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"accounttasks/internal/verify/faults"
)

// alteration changes the instances' requests before they reach the table. Nil changes nothing.
type alteration func(request map[string]any)

// condition replaces a part of a condition. All names and values must remain in use, because the table refuses unused
// ones.
func condition(part, by string) alteration {
	return func(request map[string]any) {
		if written, ok := request["ConditionExpression"].(string); ok {
			request["ConditionExpression"] = strings.Replace(written, part, by, 1)
		}
	}
}

// ignored makes a part of a condition true whether or not the attribute exists.
func ignored(attribute string) alteration {
	part := "attribute_not_exists(" + attribute + ")"
	return condition(part, "("+part+" OR attribute_exists("+attribute+"))")
}

// altered is a transport to the table that alters requests.
type altered struct {
	table http.RoundTripper
	alter alteration
}

// RoundTrip implements http.RoundTripper.
func (a altered) RoundTrip(r *http.Request) (*http.Response, error) {
	if a.alter == nil {
		return a.table.RoundTrip(r)
	}
	_, request, err := decoded(r)
	if err != nil {
		return nil, err
	}
	a.alter(request)
	body, err := json.Marshal(request)
	if err != nil {
		return nil, err
	}
	return a.table.RoundTrip(withBody(r, body))
}

// forgetDelete removes from a deleted task which call deleted it.
func forgetDelete(request map[string]any) {
	values, _ := request["ExpressionAttributeValues"].(map[string]any)
	if deleted, ok := values[":deleted"].(map[string]any); ok {
		deleted["S"] = "token print " + strings.Fields(deleted["S"].(string))[2]
	}
}

// keepDeleted makes a delete change nothing that matters.
func keepDeleted(request map[string]any) {
	values, _ := request["ExpressionAttributeValues"].(map[string]any)
	if _, deletes := values[":deleted"]; deletes {
		request["ExpressionAttributeNames"].(map[string]any)["#Deleted"] = "Elsewhere"
	}
}

// TestCheckerFindsWhatIsLeftOut removes one part after the other from the service's requests to the table, and requires
// each time that the check of the histories fails.
func TestCheckerFindsWhatIsLeftOut(t *testing.T) {
	if remoteEngine() != "" {
		t.Skip("in simulated time only")
	}
	t.Setenv("TMPDIR", t.TempDir())
	for name, alter := range map[string]alteration{
		"a twin may be newer than what it meets": condition(" AND (attribute_not_exists(#DateModified) OR #DateModified < :modified)", ""),
		"a key is forgotten with its register":   ignored("#mark"),
		"If-Match is not compared":               condition("#Version = :v0 AND #W0 = :w0", "#Version >= :v0 AND (#W0 = :w0 OR #W0 <> :w0)"),
		"a registration overwrites":              ignored("#pk"),
		"a deleted task is updated":              ignored("#Deleted"),
		"a delete leaves the task":               keepDeleted,
		"a delete forgets who made it":           forgetDelete,
		"reads are not consistent":               func(request map[string]any) { delete(request, "ConsistentRead") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := play(t, short, 1, faults.Mixes["hot"], alter).firstAnomaly(); err == nil {
				t.Error("the checker does not find it")
			}
		})
	}
}

// firstAnomaly is the checker's result from the histories alone.
func (r round) firstAnomaly() error {
	for _, h := range r.histories {
		if err := h.Check(); err != nil {
			return err
		}
	}
	return nil
}
