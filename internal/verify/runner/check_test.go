package runner

import (
	"fmt"
	"time"

	"accounttasks/internal/run"
)

// late is the longest time between an occurrence, or the end of an outage, and the claim of its run.
const late = 13 * time.Minute

// findings are the violations, as sentences.
type findings struct {
	*play
	found []string
}

func (f *findings) add(r *row, what string, at time.Time) {
	f.found = append(f.found, fmt.Sprintf("task %d: %s: %s", r.ID[15], what, at.Format("02 15:04:05.000")))
}

// margin is the possible difference between clocks.
func (f *findings) margin() time.Duration { return f.skew + 1500*time.Millisecond }

// check looks for violations.
func (p *play) check() []string {
	f := &findings{play: p}
	for _, r := range p.rows {
		f.once(r)
		f.events(r)
		f.leases(r)
		f.windows(r)
		for _, c := range r.claims {
			if c.Trigger == run.TriggerSchedule {
				f.claim(r, c)
			}
		}
		f.owed(r)
		f.caughtUp(r)
		f.missed(r)
		f.reports(r)
	}
	f.strays()
	f.orders()
	return f.found
}

// scheduled are the claims of occurrences.
func (r *row) scheduled() []claim {
	var scheduled []claim
	for _, c := range r.claims {
		if c.Trigger == run.TriggerSchedule {
			scheduled = append(scheduled, c)
		}
	}
	return scheduled
}

// deletedAt is when the task was deleted; zero where it was not.
func (r *row) deletedAt() time.Time {
	if last := r.versions[len(r.versions)-1]; last.deleted {
		return last.at
	}
	return time.Time{}
}

// once checks that an occurrence, or a call of a caller, is claimed once and has one run id.
func (f *findings) once(r *row) {
	due, ids := map[time.Time]bool{}, map[string]bool{}
	for _, c := range r.claims {
		if ids[c.ID.String()] {
			f.add(r, "a run is claimed twice", c.Due)
		}
		ids[c.ID.String()] = true
		if c.Trigger == run.TriggerSchedule {
			if due[c.Due] {
				f.add(r, "an occurrence is claimed twice", c.Due)
			}
			due[c.Due] = true
		}
	}
}

// events checks that a claim has its event, unless the task is deleted; that an event has its run item; and that it is
// not sent endlessly.
func (f *findings) events(r *row) {
	deleted := r.deletedAt()
	for _, c := range r.claims {
		sent := f.bus.sent[c.ID.String()]
		if len(sent) == 0 && deleted.IsZero() && c.at.Before(f.end) {
			f.add(r, "a claim has no event", c.Due)
		}
		if len(sent) > 12 {
			f.add(r, fmt.Sprintf("an event is sent %d times", len(sent)), c.Due)
		}
		for _, e := range sent {
			if _, stored := f.table.runs[run.Key{Ref: r.Ref(), Position: run.Position{Due: c.Due, RunID: c.ID}}]; !stored {
				f.add(r, "an event has no run item", c.Due)
			}
			if !deleted.IsZero() && e.at.After(deleted.Add(15*time.Second)) {
				f.add(r, "an event is sent of a deleted task", c.Due)
			}
			if e.Trigger != c.Trigger || !e.Due.Equal(c.Due) || e.User != c.User || e.Missed != c.Missed {
				f.add(r, "an event is not that of its claim", c.Due)
			}
		}
	}
}

func (f *findings) leases(r *row) {
	if r.Open != nil && r.deletedAt().IsZero() && r.Open.Due.Before(f.end.Add(-time.Hour)) {
		f.add(r, "a lease is never ended", r.Open.Due)
	}
}

// claim checks that a claimed occurrence is due, that its task is enabled and within its bounds at the claim, and that
// it was an occurrence of a definition in force.
func (f *findings) claim(r *row, c claim) {
	now := calendar{c.definition}
	switch {
	case c.deleted:
		f.add(r, "a deleted task is run", c.Due)
	case !c.enabled:
		f.add(r, "a disabled task is run", c.Due)
	case c.Due.After(c.at.Add(f.margin())):
		f.add(r, "an occurrence is run early", c.Due)
	case c.at.Sub(c.Due) >= 24*time.Hour+5*time.Minute:
		f.add(r, "an occurrence older than the horizon is run", c.Due)
	case !now.bounds(c.Due):
		f.add(r, "an occurrence outside start and finish is run", c.Due)
	default:
		f.inForce(r, c)
	}
}

// inForce checks that the occurrence belongs to some version of the task that was enabled while the occurrence was due.
func (f *findings) inForce(r *row, c claim) {
	count := 0
	for count < len(r.versions) && !r.versions[count].at.After(c.at) {
		count++
	}
	known := r.versions[:count]
	disabled := false
	for n, v := range known {
		of := calendar{v.Task}
		if !of.occurs(c.Due) || !of.bounds(c.Due) {
			continue
		}
		from, grace := v.at.Add(-f.margin()), v.at.Add(-f.margin()-time.Minute)
		until := c.at.Add(time.Hour)
		if n+1 < len(known) {
			until = known[n+1].at.Add(f.margin())
		}
		inside := c.Due.Before(until) && (!c.Due.Before(from) || c.Due.Equal(v.StartDate) && !c.Due.Before(grace))
		if inside && v.Enabled {
			return
		}
		// Clocks differ: only what lies well within the time of the version was certainly disabled.
		disabled = disabled || inside && c.Due.After(v.at.Add(f.margin())) && c.Due.Before(until.Add(-2*f.margin()))
	}
	switch {
	case disabled:
		f.add(r, "an occurrence is run at which the task was disabled", c.Due)
	case f.inOutage(c, known) || f.sinceUnseen(r, c, known):
	default:
		f.add(r, "something that is not an occurrence is run", c.Due)
	}
}

// inOutage reports whether the schedule was edited during an outage, so that the occurrence belongs to the new
// schedule.
func (f *findings) inOutage(c claim, known []version) bool {
	for _, o := range f.pauses() {
		if !c.Due.After(o.from) || !c.Due.Before(o.to.Add(3*time.Minute)) {
			continue
		}
		for _, v := range known {
			if !v.at.Before(o.from) {
				return true
			}
		}
	}
	return false
}

// sinceUnseen reports whether the occurrence of the present definition lies after the first edit that the runner had
// not seen, or at most five minutes before the last edit.
func (f *findings) sinceUnseen(r *row, c claim, known []version) bool {
	last := known[len(known)-1]
	if of := (calendar{last.Task}); !of.occurs(c.Due) || !of.bounds(c.Due) {
		return false
	}
	looked := epoch
	for _, look := range r.looks {
		if look.Before(c.at) {
			looked = look
		}
	}
	first := last
	for n := len(known) - 1; n >= 0 && !known[n].at.Before(looked); n-- {
		first = known[n]
	}
	return !c.Due.Before(first.at.Add(-f.margin()-time.Minute)) || !c.Due.Before(last.at.Add(-5*time.Minute-f.margin()))
}

// orders checks that a successful call has its event, and that the calls with one key run only once.
func (f *findings) orders() {
	for _, made := range f.calls {
		r := f.table.tasks[made.Ref]
		if !made.done || made.err != nil || !r.deletedAt().IsZero() {
			continue
		}
		sent := false
		for _, c := range r.claims {
			sent = sent || c.Trigger == run.TriggerManual && c.User == "user" && len(f.bus.sent[c.ID.String()]) > 0
		}
		if !sent {
			f.add(r, "a run that a caller asked for is not sent", f.end)
		}
	}
	f.tokens()
}

// tokens checks that callers' runs are not more than their write tokens.
func (f *findings) tokens() {
	for _, r := range f.rows {
		tokens, runs := map[string]bool{}, 0
		for _, made := range f.calls {
			if made.Ref == r.Ref() {
				tokens[made.Token] = true
			}
		}
		for _, c := range r.claims {
			if c.Trigger == run.TriggerManual {
				runs++
			}
		}
		if runs > len(tokens) {
			f.add(r, fmt.Sprintf("%d calls of callers are run %d times", len(tokens), runs), f.end)
		}
	}
}
