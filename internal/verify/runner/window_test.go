package runner

import (
	"slices"
	"time"

	"accounttasks/internal/run"
)

// notice is how long before the end of a window the operator ends it: no tick takes longer that has not read it.
const notice = 2 * time.Minute

// hold plays an operator who stops runs, and starts them again without those that were due meanwhile. Each hold lies in
// a part of the play of its own.
func (p *play) hold(count int) {
	for n := range count {
		part := p.length / time.Duration(count)
		begin := epoch.Add(time.Duration(n) * part)
		from := begin.Add(p.between(time.Hour, part/3).Truncate(time.Minute))
		to := from.Add(p.between(time.Minute, part/3).Truncate(pick(p.world, time.Second, time.Hour)) + time.Minute)
		p.at(from.Add(-notice), func() { p.table.window.Until = from })
		// The operator may be late, or early.
		p.at(to.Add(p.between(from.Sub(to), 10*time.Minute)), func() { p.table.window = run.Window{From: to} })
		p.holds = append(p.holds, outage{from, to})
	}
}

// isHeld reports whether runs were held at a due time.
func (p *play) isHeld(due time.Time) bool {
	return slices.ContainsFunc(p.holds, func(h outage) bool { return !due.Before(h.from) && due.Before(h.to) })
}

// pauses are the times in which nothing is run.
func (p *play) pauses() []outage { return slices.Concat(p.outages, p.holds) }

// windows checks that nothing is run that was due while runs were held.
func (f *findings) windows(r *row) {
	for _, c := range r.claims {
		if f.isHeld(c.Due) {
			f.add(r, "an occurrence is run that was due while runs were held", c.Due)
		}
	}
}
