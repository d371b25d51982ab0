package dynamotest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

// largest is the longest text that Parameters can have.
func largest() string { return `"` + strings.Repeat("x", task.ParametersLimit-2) + `"` }

// marked puts a task with marks of these ages, the first one of the key "0", and gives an update of it.
func (e engine) marked(t *testing.T, parameters string, ages ...time.Duration) task.ConditionalUpdate {
	t.Helper()
	before := stored()
	before.Parameters = parameters
	item := dynamo.TaskItem(e.account, before)
	w := e.keyed(before.ID)
	w.Definition.Parameters = before.Parameters
	for n, age := range ages {
		print := "fingerprint-of-22-bytes"
		if n > 0 && len(ages) == manyMarks {
			print = strings.Repeat("f", 450) // as many more marks would take
		}
		item[fmt.Sprintf("K#%022d", n)] = text(print + " " + task.FormatDate(w.ModifiedAt.Add(-age)))
	}
	e.putItem(t, item)
	return w
}

// manyMarks are, with long fingerprints, more than an item has room for.
const manyMarks = 270

// ages lists n marks of about the same age, the oldest first.
func ages(n int, age time.Duration) []time.Duration {
	list := make([]time.Duration, n)
	for i := range list {
		list[i] = age + time.Duration(n-i)*time.Millisecond
	}
	return list
}

// marks counts the marks of an item.
func marks(item map[string]Attribute) (n int) {
	for name := range item {
		if strings.HasPrefix(name, "K#") {
			n++
		}
	}
	return n
}

func forgetsOldKeys(t *testing.T, e engine) {
	const aDay, anHour = 25 * time.Hour, time.Hour
	for name, test := range map[string]struct {
		ages []time.Duration
		want int // marks after an update with one more
	}{
		"few marks":                      {ages(7, aDay), 8},
		"eight old ones":                 {ages(8, aDay), 1},
		"too few old ones":               {append(ages(7, aDay), ages(20, anHour)...), 28},
		"a few minutes less than a day":  {ages(20, 24*time.Hour-5*time.Minute), 21},
		"old ones among others":          {append(ages(9, aDay), ages(20, anHour)...), 21},
		"as many as are kept":            {ages(127, anHour), 128},
		"a few more than are kept":       {ages(134, anHour), 135},
		"eight more than are kept":       {ages(135, anHour), 128},
		"young ones beyond that":         {ages(300, time.Minute), 301},
		"old and young ones":             {append(ages(50, anHour), ages(120, time.Minute)...), 128},
		"more than an item has room for": {ages(manyMarks, time.Second), 230},
	} {
		parameters := "[]"
		if len(test.ages) == manyMarks {
			parameters = largest()
		}
		w := e.marked(t, parameters, test.ages...)
		e.apply(t, w)
		item := e.item(t, dynamo.TaskItem(e.account, task.Task{ID: w.ID}))
		if got := marks(item); got != test.want {
			t.Errorf("%s: got %d marks, want %d", name, got, test.want)
		}
		if item["K#"+w.Token] == nil {
			t.Errorf("%s: the update's own key was forgotten", name)
		}
		if !e.apply(t, w).Replayed {
			t.Errorf("%s: a repeat was applied again", name)
		}
	}
}

// keepsOwnOldKey repeats an update whose key is old enough to be forgotten.
func keepsOwnOldKey(t *testing.T, e engine) {
	w := e.marked(t, "[]", ages(20, 48*time.Hour)...)
	w.Token, w.Fingerprint = fmt.Sprintf("%022d", 0), "fingerprint-of-22-bytes"
	for range 2 {
		if !e.apply(t, w).Replayed {
			t.Error("a repeat was applied again")
		}
	}
	if got := marks(e.item(t, dynamo.TaskItem(e.account, task.Task{ID: w.ID}))); got != 1 {
		t.Errorf("got %d marks, want the repeat's own alone", got)
	}
}

// forgetsOldKeysOfRuns runs a task by hand that another program wrote, and that no update has given a version that can be read.
func forgetsOldKeysOfRuns(t *testing.T, e engine) {
	for name, version := range map[string]Attribute{"none": nil, "text": text("3")} {
		before := stored()
		item := bareItem(e, before.ID)
		if version != nil {
			item["Version"] = version
		}
		for n, age := range ages(20, 25*time.Hour) {
			item[fmt.Sprintf("K#%022d", n)] = text("f " + task.FormatDate(day(11).Add(-age)))
		}
		e.putItem(t, item)
		seen := e.state(t, before.ID)
		ordered := claimed(seen)
		ordered.Marks = map[string]string{runToken: "print"}
		e.save(t, seen, ordered)
		if got := e.state(t, before.ID).Marks; len(got) != 1 || got[runToken] == "" {
			t.Errorf("version %s: got the marks %v, want the run's own alone", name, got)
		}
	}
}

// fitsTheTable makes the largest update of a task with as many marks as are kept, and more.
func fitsTheTable(t *testing.T, e engine) {
	const itemLimit = 400 << 10 // DynamoDB's, in bytes
	w := e.marked(t, largest(), ages(128+8, time.Hour)...)
	w.Name, w.ModifiedBy = strings.Repeat("n", 256), strings.Repeat("u", 256)
	for range registerUpdates {
		w.Token += "x"
		e.apply(t, w)
	}
	size := 0
	for name, value := range e.item(t, dynamo.TaskItem(e.account, task.Task{ID: w.ID})) {
		size += len(name) + sizeOf(value)
	}
	if size > itemLimit*3/4 {
		t.Errorf("the item has %d bytes, want it well under %d", size, itemLimit)
	}
}

func sizeOf(value Attribute) int { return len(fmt.Sprint(value)) }
