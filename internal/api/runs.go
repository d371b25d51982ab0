package api

import (
	"net/http"
	"net/url"
	"strconv"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// afterRun is the parameter after of the list of runs. It names a run by two values, because the list is in the order of
// due times, which several runs may share.
var afterRun = parameter{task.NewField("after", "the Due and the RunID of the last run that you have seen with a comma between them, "+
	"or leave it out to begin with the newest", task.BeforeBody-3),
	func(value string, into *arguments) (ok bool) {
		into.afterRun.Due, into.afterRun.RunID, ok = wire.ParseRunPosition(value)
		return ok
	}}

// listRuns is GET /api/v1/admin/tasks/account/{id}/runs: it shows one page of a task's runs (contract section 8).
func (a *API) listRuns(c *call) answer {
	id := readID(c, &c.problems)
	if err := c.problems.Err(); err != nil {
		return fail(err)
	}
	page, err := a.runs.List(c.Context(), c.caller, id, c.arguments.afterRun, c.arguments.count)
	if err != nil {
		return fail(err)
	}
	ans := answer{status: http.StatusOK, detail: wire.RunsDetail(shown(page.Records))}
	if page.More {
		ans.setHeader("Link", c.nextPage(tasksPath+"/"+id.String()+"/runs", url.Values{
			count.String():    {strconv.Itoa(c.arguments.count)},
			afterRun.String(): {task.FormatDate(page.Next.Due) + "," + page.Next.RunID.String()},
		}))
	}
	return ans
}

// shown are the runs as the answer shows them.
func shown(records []run.Record) []wire.Run {
	runs := make([]wire.Run, len(records))
	for i, r := range records {
		runs[i] = wire.Run{
			RunID: r.ID, Due: r.Due, Trigger: string(r.Trigger), StartedOn: r.StartedOn, FinishedOn: r.FinishedOn,
			Outcome: string(r.Outcome), Message: r.Message, Missed: r.Missed,
		}
	}
	return runs
}
