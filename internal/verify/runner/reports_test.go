package runner

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// latency is the longest time between the storing of a run and the arrival of its event, with a call that is held back.
const latency = 15 * time.Second

// reports checks the runs of a task: how they ended, and what was reported and notified.
func (f *findings) reports(r *row) {
	for _, item := range f.runsOf(r) {
		if len(item.ends) > 1 {
			f.add(r, "a run ends twice", item.Due)
			continue
		}
		f.taken(r, item)
		f.ending(r, item)
		f.notification(r, item)
	}
}

// runsOf are the items of a task's runs.
func (f *findings) runsOf(r *row) []*runRow {
	var items []*runRow
	for _, key := range slices.SortedFunc(maps.Keys(f.table.runs), func(a, b run.Key) int {
		return cmp.Or(a.Due.Compare(b.Due), slices.Compare(a.RunID[:], b.RunID[:]))
	}) {
		if key.Ref == r.Ref() {
			items = append(items, f.table.runs[key])
		}
	}
	return items
}

// strays checks that reports of runs that do not exist are refused.
func (f *findings) strays() {
	for _, t := range f.told {
		for _, a := range t.attempts {
			if t.stray && a.handled() && a.receipt.Reception != run.ReportUnknown {
				f.add(f.rows[0], "a report of a run that does not exist is "+string(a.receipt.Reception), t.at)
			}
		}
	}
}

// toldOf are the reports of a run.
func (f *findings) toldOf(id uuid.UUID) []*told {
	var found []*told
	for _, t := range f.told {
		if t.RunID == id && !t.stray {
			found = append(found, t)
		}
	}
	return found
}

// taken checks what was answered to each report.
func (f *findings) taken(r *row, item *runRow) {
	accepted := 0
	for _, t := range f.toldOf(item.ID) {
		for _, a := range t.attempts {
			if !a.handled() {
				continue
			}
			if len(item.ends) == 0 || item.ends[0].at.After(a.at) {
				f.add(r, "a report is taken, but has not ended the run", a.at)
				continue
			}
			end := item.ends[0]
			want := run.ReportContradicting
			switch {
			case end.Overdue:
				want = run.ReportLate
			case a.receipt.Reception == run.ReportAccepted:
				want = run.ReportAccepted
				accepted++
			case end.Outcome == t.Outcome:
				want = run.ReportRepeated
			}
			if a.receipt.Reception != want {
				f.add(r, "a report is "+string(a.receipt.Reception)+" and not "+string(want), a.at)
			}
		}
	}
	if accepted > 1 {
		f.add(r, "two reports are accepted", item.Due)
	}
}

// ending checks that a run ends by its first report, or at its deadline.
func (f *findings) ending(r *row, item *runRow) {
	if len(item.ends) == 0 {
		if item.DueAt.Before(f.end) {
			f.add(r, "a run that no worker reports is not failed", item.DueAt)
		}
		return
	}
	end := item.ends[0]
	if end.Overdue {
		f.overdue(r, item, end)
		return
	}
	reported := slices.ContainsFunc(f.toldOf(item.ID), func(t *told) bool {
		return t.Outcome == end.Outcome && t.Message == end.Message && !t.at.After(end.at)
	})
	if !reported {
		f.add(r, "a run ends with an outcome that was not reported", end.at)
	}
}

// overdue checks that the workers had the time of the deadline since the event.
func (f *findings) overdue(r *row, item *runRow, end ended) {
	if end.Outcome != run.OutcomeFailed || end.Message == "" {
		f.add(r, "an overdue run is not failed, or does not say why", end.at)
	}
	sent := false
	for _, e := range f.bus.sent[item.ID.String()] {
		sent = sent || e.at.Add(-latency).Before(end.at)
		if e.at.Add(-latency).Before(end.at) && end.at.Before(e.at.Add(f.timeout-latency)) {
			f.add(r, "a run is failed before its deadline", end.at)
		}
	}
	if !sent && r.deletedAt().IsZero() {
		f.add(r, "a run is failed of which no worker was told", end.at)
	}
	// Held runs are failed too.
	if !end.at.Before(item.deadline.Add(late)) && !near(f.outages, item.deadline) && !near(f.outages, item.deadline.Add(late)) {
		f.add(r, "a run is failed long after its deadline", end.at)
	}
}

// wanted is when a notification is sent.
var wanted = map[task.Notification][]run.Outcome{
	task.NotificationOnSuccess: {run.OutcomeSuccess},
	task.NotificationOnFailure: {run.OutcomeFailed},
	task.NotificationAlways:    {run.OutcomeSuccess, run.OutcomeFailed},
}

// notification checks that a run's notification is sent as the task asks for, and no more often than instances were
// killed or calls failed.
func (f *findings) notification(r *row, item *runRow) {
	if !f.hadNotification(r, item) {
		f.add(r, "a run has a Notification that its task did not have", item.putAt)
	}
	sent := f.bus.notified[item.ID]
	if len(item.ends) == 0 || !slices.Contains(wanted[item.Notification], item.ends[0].Outcome) {
		if len(sent) > 0 {
			f.add(r, "a notification is sent that the task does not ask for", item.Due)
		}
		return
	}
	end := item.ends[0]
	for _, n := range sent {
		if n.at.Before(end.at) || n.Record != end.Record {
			f.add(r, "a notification is not that of the run's end", n.at)
		}
	}
	if end.at.Before(f.end) && (len(sent) == 0 || !item.DueAt.IsZero()) {
		f.add(r, "a notification is not sent", end.at)
	}
	if most := 1 + f.excuses[item.ID] + f.uncounted; len(sent) > most {
		f.add(r, "a notification is sent too often", end.at)
	}
}

// hadNotification reports whether the task had the run's Notification between claim and storing.
func (f *findings) hadNotification(r *row, item *runRow) bool {
	for _, c := range r.claims {
		if c.ID != item.ID {
			continue
		}
		if c.definition.Notification == item.Notification {
			return true
		}
		for _, v := range r.versions {
			if v.at.After(c.at) && !v.at.After(item.putAt) && v.Notification == item.Notification {
				return true
			}
		}
	}
	return false
}
