package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// tally counts, for each task, what the answers promise.
type tally struct {
	tasks      []account
	unexpected map[string]int // answers that no request should get
}

// account is what is known about one task's updates.
type account struct {
	updates  map[int64]outcome // by the number of the request that made them first
	versions map[int64]int     // how often a version was acknowledged as an update's own
}

// outcome combines the answers to all requests for one update.
type outcome struct{ applied, replayed, unknown int64 }

func newTally() *tally {
	t := &tally{tasks: make([]account, len(tasks)), unexpected: map[string]int{}}
	for i := range t.tasks {
		t.tasks[i] = account{updates: map[int64]outcome{}, versions: map[int64]int{}}
	}
	return t
}

// add counts one answer. After 412 and 429 nothing was applied; after 503 the outcome is unknown.
func (t *tally) add(r request, result *vegeta.Result) {
	task, code := t.tasks[r.task], int(result.Code)
	o := task.updates[r.update]
	switch {
	case code == http.StatusOK && isRepeat(result):
		o.replayed++
	case code == http.StatusOK:
		o.applied++
		task.versions[versionOf(result.Headers.Get("ETag"))]++
	case code == 0 || code >= http.StatusInternalServerError:
		o.unknown++
	}
	task.updates[r.update] = o
	switch code {
	case http.StatusOK, http.StatusPreconditionFailed, http.StatusTooManyRequests, http.StatusServiceUnavailable:
	default:
		t.unexpected[fmt.Sprintf("%d %s", code, result.Error)]++
	}
}

// isRepeat reports whether an answer says that its update had been applied before.
func isRepeat(result *vegeta.Result) bool { return result.Headers.Get("Idempotency-Replayed") != "" }

// versionOf returns the version in an entity-tag, or 0 if it has none.
func versionOf(tag string) int64 {
	version, _, _ := strings.Cut(strings.Trim(tag, `"`), "-")
	n, err := strconv.ParseInt(version, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// steps returns the least and the most steps that the answers allow.
func (a account) steps() (least, most int64) {
	for _, o := range a.updates {
		sure := o.applied
		if sure == 0 && o.replayed > 0 {
			sure = 1 // a repeat was told that the update had been applied
		}
		least += sure
		most += max(sure, o.applied+o.unknown)
	}
	return least, most
}

// check compares each task's steps in the table with the answers.
func (t *tally) check(w io.Writer, before, after []int64) error {
	var wrong []error
	for answer, n := range t.unexpected {
		wrong = append(wrong, fmt.Errorf("%d requests were answered %s", n, answer))
	}
	for i, task := range t.tasks {
		made := after[i] - before[i]
		least, most := task.steps()
		fmt.Fprintf(w, "task %s: %d updates acknowledged, %d of unknown outcome, %d steps in the table\n", tasks[i], least, most-least, made)
		if least == 0 {
			wrong = append(wrong, fmt.Errorf("no update of task %s was acknowledged", tasks[i]))
		}
		if made < least || made > most {
			wrong = append(wrong, fmt.Errorf("task %s made %d steps for %d to %d updates", tasks[i], made, least, most))
		}
		for version, times := range task.versions {
			if times > 1 || version <= before[i] || version > after[i] {
				wrong = append(wrong, fmt.Errorf("task %s: version %d was given to %d updates, of versions %d to %d", tasks[i], version, times, before[i]+1, after[i]))
			}
		}
	}
	return errors.Join(wrong...)
}
