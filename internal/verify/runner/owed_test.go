package runner

import (
	"slices"
	"time"
)

// owed checks that every occurrence of an enabled task is run, unless a newer one is run in its place, or an edit
// removes it before the runner has looked.
func (f *findings) owed(r *row) {
	for n, v := range r.versions {
		if !v.Enabled || v.deleted {
			continue
		}
		until := f.end.Add(-time.Hour)
		if n+1 < len(r.versions) {
			until = r.versions[n+1].at
		}
		from := v.at.Add(f.margin())
		occurrences := calendar{v.Task}.list(from, earlier(until.Add(-f.margin()), f.end.Add(-time.Hour)).Add(-1))
		if f.newStart(r, n) && v.StartDate.Before(until.Add(-f.margin())) {
			occurrences = append(occurrences, v.StartDate)
		}
		for _, at := range occurrences {
			if !f.excused(r, n, at) {
				f.add(r, "an occurrence is forgotten", at)
			}
		}
	}
}

// newStart reports whether the version sets a StartDate in the last seconds.
func (f *findings) newStart(r *row, n int) bool {
	v := r.versions[n]
	return n > 0 && v.StartDate.After(v.at.Add(f.margin()-55*time.Second)) && !v.StartDate.After(v.at.Add(f.margin())) &&
		r.versions[n-1].Enabled && !r.versions[n-1].StartDate.Equal(v.StartDate) && calendar{v.Task}.bounds(v.StartDate)
}

// excused reports whether the occurrence of a version was run or need not be run.
func (f *findings) excused(r *row, n int, at time.Time) bool {
	return near(f.pauses(), at) || f.withdrawn(r, at) || r.ran(at) || r.replacedUnseen(n, at, f.margin())
}

// near reports whether a time lies in a pause or close to it.
func near(pauses []outage, at time.Time) bool {
	for _, o := range pauses {
		if at.After(o.from.Add(-late)) && at.Before(o.to.Add(2*time.Minute)) {
			return true
		}
	}
	return false
}

// withdrawn reports whether the task was disabled, deleted, or given other bounds before the run was owed.
func (f *findings) withdrawn(r *row, at time.Time) bool {
	for _, v := range r.versions {
		if v.at.Before(at.Add(-f.margin())) || v.at.After(at.Add(2*late)) {
			continue
		}
		if v.deleted || !v.Enabled || !(calendar{v.Task}).bounds(at) {
			return true
		}
	}
	return false
}

// ran reports whether the occurrence was claimed, or a newer one soon after it.
func (r *row) ran(at time.Time) bool {
	for _, c := range r.scheduled() {
		inPlace := c.Due.After(at) && !c.Due.After(at.Add(late)) && !c.at.After(at.Add(2*late))
		older := !c.Due.Before(at) && c.at.Before(at.Add(late))
		if c.Due.Equal(at) || inPlace || older {
			return true
		}
	}
	return false
}

// replacedUnseen reports whether the runner did not look at the task before the next edit, and its first look then
// found a definition without the occurrence, or one that applies from a later edit.
func (r *row) replacedUnseen(n int, at time.Time, margin time.Duration) bool {
	v := r.versions[n]
	if n+1 == len(r.versions) {
		return false
	}
	var look time.Time
	for _, l := range r.looks {
		if l.After(v.at) {
			look = l
			break
		}
	}
	if !look.IsZero() && look.Before(r.versions[n+1].at) {
		return false
	}
	found := r.versions[len(r.versions)-1]
	for k := len(r.versions) - 1; k >= 0 && !look.IsZero() && r.versions[k].at.After(look); k-- {
		found = r.versions[k-1]
	}
	return !(calendar{found.Task}).occurs(at) || !at.After(v.at.Add(margin)) && !found.StartDate.Equal(at)
}

// caughtUp checks that after an outage the newest of the missed occurrences is run, and none of the others.
func (f *findings) caughtUp(r *row) {
	for k, o := range f.outages {
		if f.overlapped(k) || o.to.After(f.end.Add(-90*time.Minute)) {
			continue
		}
		v, quiet := r.quiet(o.from.Add(-20*time.Minute), o.to.Add(30*time.Minute))
		if !quiet || !v.Enabled || v.deleted {
			continue
		}
		c := calendar{v.Task}
		missed := c.list(o.from.Add(2*time.Minute), o.to.Add(-5*time.Minute))
		if len(missed) == 0 {
			continue
		}
		newest := missed[len(missed)-1]
		next := c.next(newest)
		if o.to.Add(5*time.Minute).Sub(newest) >= c.limit() || !next.IsZero() && next.Before(o.to.Add(6*time.Minute)) {
			continue
		}
		caught := false
		for _, claimed := range r.scheduled() {
			caught = caught || claimed.Due.Equal(newest)
			if claimed.Due.After(o.from.Add(5*time.Minute)) && claimed.Due.Before(newest) && !claimed.at.Before(o.to) {
				f.add(r, "more than the newest is caught up with", claimed.Due)
			}
		}
		if !caught {
			f.add(r, "the newest occurrence is not caught up with", newest)
		}
	}
}

func (f *findings) overlapped(k int) bool {
	for n, other := range f.outages {
		if n != k && other.from.Before(f.outages[k].to.Add(30*time.Minute)) && other.to.After(f.outages[k].from.Add(-30*time.Minute)) {
			return true
		}
	}
	return false
}

// quiet returns the version that is in force from one time to another. quiet is false if it changes in between.
func (r *row) quiet(from, to time.Time) (v version, quiet bool) {
	for _, next := range r.versions {
		switch {
		case !next.at.After(from):
			v, quiet = next, true
		case next.at.Before(to):
			return v, false
		}
	}
	return v, quiet
}

// missed checks that, without an edit between two runs, the second run says how many occurrences lie between them.
func (f *findings) missed(r *row) {
	claims := r.scheduled()
	for n := 1; n < len(claims); n++ {
		before, this := claims[n-1], claims[n]
		v, quiet := r.quiet(before.Due.Add(-2*f.margin()), this.at)
		if !quiet {
			continue
		}
		between := slices.DeleteFunc(calendar{v.Task}.list(before.Due, this.Due.Add(-1)), f.isHeld)
		if want := int64(len(between)); this.Missed != want {
			f.add(r, "the count of what was missed is wrong", this.Due)
		}
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
