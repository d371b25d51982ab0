package api

import (
	"net/http"
	"net/url"
	"strconv"

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
		query := url.Values{count.String(): {strconv.Itoa(c.arguments.count)}, after.String(): {page.Next.String()}}
		if c.arguments.summary {
			query.Set(summary.String(), "true")
		}
		ans.setHeader("Link", c.nextPage(tasksPath, query))
	}
	return ans
}

// nextPage is the link to the next page of a list, as a path with a query on the host that the caller used (RFC 8288,
// section 3.1).
func (c *call) nextPage(path string, query url.Values) string {
	address := url.URL{Path: c.base() + path, RawQuery: query.Encode()}
	return "<" + address.String() + `>; rel="next"`
}
