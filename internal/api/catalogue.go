package api

import (
	"net/http"

	"accounttasks/internal/wire"
)

// listCatalogue is GET /api/v1/admin/tasks: it lists the task catalogue.
func (a *API) listCatalogue(c *call) answer {
	if err := c.problems.Err(); err != nil {
		return fail(err)
	}
	entries, err := a.tasks.ListCatalogue(c.Context())
	if err != nil {
		return fail(err)
	}
	return answer{status: http.StatusOK, detail: wire.CatalogueDetail(entries)}
}
