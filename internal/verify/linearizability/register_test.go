package linearizability_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"accounttasks/internal/verify/faults"
)

// alteration takes a part out of the conditions of updates. It is empty where nothing is.
type alteration string

// The two parts of the condition that apply an update once at any rate (contract section 5.13).
const (
	nothing   alteration = ""
	olderDate alteration = " AND (attribute_not_exists(#DateModified) OR #DateModified < :modified)"
	keyMark   alteration = " AND attribute_not_exists(#mark)"
)

// altered is the way to a table that does not get to see a part of the conditions.
type altered struct {
	table http.RoundTripper
	alter alteration
}

// RoundTrip implements http.RoundTripper.
func (a altered) RoundTrip(r *http.Request) (*http.Response, error) {
	if a.alter == nothing || !strings.HasSuffix(r.Header.Get("X-Amz-Target"), ".UpdateItem") {
		return a.table.RoundTrip(r)
	}
	var request map[string]any
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		return nil, err
	}
	condition, _ := request["ConditionExpression"].(string)
	request["ConditionExpression"] = strings.Replace(condition, string(a.alter), "", 1)
	body, err := json.Marshal(request)
	if err != nil {
		return nil, err
	}
	changed := r.Clone(r.Context())
	changed.Body, changed.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return a.table.RoundTrip(changed)
}

// TestCheckerFindsWhatTheConditionPrevents takes each part out of the condition, and demands that the check of the
// histories fails.
func TestCheckerFindsWhatTheConditionPrevents(t *testing.T) {
	if remoteEngine() != "" {
		t.Skip("in simulated time only")
	}
	t.Setenv("TMPDIR", t.TempDir())
	for name, part := range map[string]alteration{
		"a twin may be newer than what it meets": olderDate,
		"a key is forgotten with its register":   keyMark,
	} {
		t.Run(name, func(t *testing.T) {
			r := play(t, 1, faults.Mixes["hot"], part)
			again, err := r.network.AppliedAgain(), r.firstAnomaly()
			if again == 0 || err == nil {
				t.Errorf("got %d updates applied again and %v, want the anomaly found", again, err)
			}
		})
	}
}

// firstAnomaly is what the checker says of the histories alone.
func (r round) firstAnomaly() error {
	for _, h := range r.histories {
		if err := h.Check(); err != nil {
			return err
		}
	}
	return nil
}
