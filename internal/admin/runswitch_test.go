package main

import "testing"

func TestRunsAreStartedAndStopped(t *testing.T) {
	d := deploy(t)
	d.mustFail(t, "stop-runs", nil, "no start is set")
	d.mustFail(t, "start-runs", []string{"AT=tonight"}, `AT is "tonight", not a time such as`)
	d.mustFail(t, "start-runs", []string{"AT=2026-06-04T03:00:00Z", "MISSED=later"}, `MISSED is "later": say catch-up or skip`)
	d.mustRun(t, "start-runs", []string{"AT=2026-06-04T05:00:00+02:00"}, "Runs are started: what is due from 2026-06-04T03:00:00Z on runs.")
	d.mustFail(t, "start-runs", []string{"AT=2026-06-04T03:00:00Z"}, "started already")
	d.mustRun(t, "stop-runs", nil, "Runs are started, and held from 2026-06-04T03:47:00Z on")
	d.mustRun(t, "stop-runs", []string{"AT=2026-06-04T03:45:00Z"}, "Runs are held: what is due from 2026-06-04T03:45:00Z on does not run.",
		"may still run what is due before 2026-06-04T03:46:03Z")
	d.mustFail(t, "start-runs", nil, "MISSED=catch-up")
	d.mustRun(t, "start-runs", []string{"MISSED=skip", "AT=2026-06-04T04:00:00Z"}, "Runs are held until 2026-06-04T04:00:00Z: what is due earlier never runs.")
	d.mustRun(t, "stop-runs", nil, "Runs are held: no start is set.")
}
