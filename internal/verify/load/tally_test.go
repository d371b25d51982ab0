package main

import (
	"io"
	"net/http"
	"strconv"
	"testing"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// answer is one answer about the first task.
type answer struct {
	update   int64
	code     uint16
	version  int64
	replayed bool
}

// checked compares answers about the first task with its version afterwards. Its version before is 5. The other tasks
// have one update each.
func checked(after int64, answers ...answer) error {
	t := newTally()
	for _, a := range answers {
		header := http.Header{"Etag": {`"` + strconv.FormatInt(a.version, 10) + `-token"`}}
		if a.replayed {
			header.Set("Idempotency-Replayed", "true")
		}
		t.add(request{update: a.update}, &vegeta.Result{Code: a.code, Headers: header})
	}
	before, afterwards := []int64{5}, []int64{after}
	for i := 1; i < len(tasks); i++ {
		t.add(request{update: -1, task: i}, &vegeta.Result{Code: 200, Headers: http.Header{"Etag": {`"6-token"`}}})
		before, afterwards = append(before, 5), append(afterwards, 6)
	}
	return t.check(io.Discard, before, afterwards)
}

func TestStepsAgainstAnswers(t *testing.T) {
	six, seven := answer{1, 200, 6, false}, answer{2, 200, 7, false}
	for _, test := range []struct {
		name    string
		after   int64
		answers []answer
		right   bool
	}{
		{"each update is a step", 7, []answer{six, seven}, true},
		{"an update was lost", 6, []answer{six, seven}, false},
		{"an update was applied twice", 8, []answer{six, seven}, false},
		{"two updates have one version", 7, []answer{six, {2, 200, 6, false}}, false},
		{"a version that the table has not reached", 7, []answer{six, {2, 200, 8, false}}, false},
		{"a version from before", 7, []answer{six, {2, 200, 5, false}}, false},
		{"an answer without a version", 7, []answer{six, {2, 200, 0, false}}, false},
		{"a repeat is not a step", 6, []answer{six, {1, 200, 6, true}}, true},
		{"a repeat was applied again", 7, []answer{six, {1, 200, 6, true}}, false},
		{"a repeat was applied again and says so", 7, []answer{six, {1, 200, 7, false}}, true},
		{"412 and 429 are not steps", 6, []answer{six, {2, 412, 6, false}, {3, 429, 0, false}}, true},
		{"a 412 was applied", 7, []answer{six, {2, 412, 6, false}}, false},
		{"a 503 may be a step", 7, []answer{six, {2, 503, 0, false}}, true},
		{"a 503 may be none", 6, []answer{six, {2, 503, 0, false}}, true},
		{"a 503 is not two", 8, []answer{six, {2, 503, 0, false}}, false},
		{"a 503 whose repeat says that it was a step", 7, []answer{six, {2, 503, 0, false}, {2, 200, 7, true}}, true},
		{"and yet there is none", 6, []answer{six, {2, 503, 0, false}, {2, 200, 7, true}}, false},
		{"and yet there are two", 8, []answer{six, {2, 503, 0, false}, {2, 200, 7, true}}, false},
		{"a refusal that nothing here should get", 6, []answer{six, {2, 400, 0, false}}, false},
		{"a function that failed", 6, []answer{six, {2, 500, 0, false}}, false},
		{"no answer", 6, []answer{six, {2, 0, 0, false}}, false},
		{"nothing was acknowledged", 5, []answer{{1, 412, 5, false}}, false},
	} {
		if err := checked(test.after, test.answers...); (err == nil) != test.right {
			t.Errorf("%s: got %v", test.name, err)
		}
	}
}
