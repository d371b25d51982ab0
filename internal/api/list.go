package api

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"accounttasks/internal/wire"
)

// list is GET /api/v1/admin/tasks/account: it shows one page of the account's tasks (contract section 5.18).
func (a *API) list(c *call) answer {
	if err := c.problems.Err(); err != nil {
		return fail(err)
	}
	page, err := a.tasks.List(c.Context(), c.caller, c.arguments.after, c.arguments.count, c.arguments.summary)
	if err != nil {
		return fail(err)
	}
	ans := answer{status: http.StatusOK, detail: wire.TasksDetail(page.Tasks, a.now(), c.arguments.summary)}
	if page.More {
		ans.setHeader("Link", "<"+c.nextPage(page.Next)+`>; rel="next"`)
	}
	return ans
}

// nextPage is the address of the page after a task, as a path with a query on the host that the caller used (RFC 8288,
// section 3.1).
func (c *call) nextPage(last uuid.UUID) string {
	query := url.Values{
		count.String(): {strconv.Itoa(c.arguments.count)},
		after.String(): {last.String()},
	}
	if c.arguments.summary {
		query.Set(summary.String(), "true")
	}
	address := url.URL{Path: c.base() + tasksPath, RawQuery: query.Encode()}
	return address.String()
}
