package cutover

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Ref names a task.
type Ref struct{ AccountID, ID string }

func (r Ref) String() string { return r.ID + " of account " + r.AccountID }

// Run is an occurrence that a platform has run.
type Run struct {
	Ref
	Due time.Time
	By  string
}

// Ledger knows what should run, by the definitions that callers gave, and what has run.
type Ledger struct {
	valid map[Ref]validity
	owed  map[Ref][]time.Time
	runs  []Run
}

// validity is the definition of a task that is in force since a time.
type validity struct {
	Definition
	created, since time.Time
}

// NewLedger makes an empty ledger.
func NewLedger() *Ledger { return &Ledger{valid: map[Ref]validity{}, owed: map[Ref][]time.Time{}} }

// Define says that a task that was created at a time has a definition from a time on.
func (l *Ledger) Define(of Ref, d Definition, created, since time.Time) {
	l.End(of, since)
	l.valid[of] = validity{d, created, since}
}

// End says that a task is deleted.
func (l *Ledger) End(of Ref, at time.Time) {
	if v, known := l.valid[of]; known {
		l.owed[of] = append(l.owed[of], v.Occurrences(v.created, v.since, at)...)
		delete(l.valid, of)
	}
}

// Ran says that a platform has run an occurrence.
func (l *Ledger) Ran(r Run) {
	r.Due = r.Due.UTC()
	l.runs = append(l.runs, r)
}

// Close ends the ledger at a time, leaves out what is due later, and lists what was run twice, what was not run, and what ran though it should not.
func (l *Ledger) Close(at time.Time) (wrong []string) {
	for of := range l.valid {
		l.End(of, at)
	}
	ran := map[Ref]map[time.Time][]string{}
	for _, r := range l.runs {
		if !r.Due.Before(at) {
			continue
		}
		if ran[r.Ref] == nil {
			ran[r.Ref] = map[time.Time][]string{}
		}
		ran[r.Ref][r.Due] = append(ran[r.Ref][r.Due], r.By)
	}
	for of, due := range l.owed {
		for _, at := range due {
			at = at.UTC()
			switch by := ran[of][at]; len(by) {
			case 0:
				wrong = append(wrong, fmt.Sprintf("lost: %s, due %s", of, stamp(at)))
			case 1:
			default:
				wrong = append(wrong, fmt.Sprintf("run %d times, by %s: %s, due %s", len(by), strings.Join(by, " and "), of, stamp(at)))
			}
			delete(ran[of], at)
		}
	}
	for of, rest := range ran {
		for at, by := range rest {
			wrong = append(wrong, fmt.Sprintf("run by %s though it is not due: %s, %s", strings.Join(by, " and "), of, stamp(at)))
		}
	}
	slices.Sort(wrong)
	return wrong
}

// Calendar shows who ran how many occurrences, by the hour of their due times, from a time to before another.
func (l *Ledger) Calendar(from, to time.Time) string {
	var said strings.Builder
	_, _ = fmt.Fprintf(&said, "%-20s %8s %8s\n", "DUE IN THE HOUR FROM", "OLD", "NEW")
	for hour := from; hour.Before(to); hour = hour.Add(time.Hour) {
		count := map[string]int{}
		for _, r := range l.runs {
			if !r.Due.Before(hour) && r.Due.Before(hour.Add(time.Hour)) {
				count[r.By]++
			}
		}
		_, _ = fmt.Fprintf(&said, "%-20s %8d %8d\n", stamp(hour), count[Old], count[New])
	}
	return said.String()
}

// The platforms.
const (
	Old = "old"
	New = "new"
)

// Count is how many runs a platform has.
func (l *Ledger) Count(by string) (n int) {
	for _, r := range l.runs {
		if r.By == by {
			n++
		}
	}
	return n
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
