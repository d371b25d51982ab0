package api

import (
	"context"
	"net/http"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// Clients adds clients. *client.Registry implements it.
type Clients interface {
	// Add adds a client to the caller's account. Its errors are those of client.Registry.Add.
	Add(ctx context.Context, caller task.Caller, request client.AddRequest) (client.Added, error)
}

const clientsPath = "/api/v1/admin/clients"

// addClient is POST /api/v1/admin/clients: it adds a client to the account (contract section 7). Only the answer has
// the secret.
func (a *API) addClient(c *call) answer {
	request, err := readAddition(c)
	if err != nil {
		return fail(err)
	}
	added, err := a.clients.Add(c.Context(), c.caller, request)
	if err != nil {
		return c.failChange(err)
	}
	ans := answer{
		status: http.StatusOK, changed: !added.Replayed, replayed: added.Replayed,
		detail: wire.ClientDetail(added.Client.ID, added.Client.Name, request.Secret, request.UserID),
	}
	if added.Replayed {
		ans.setHeader("Idempotency-Replayed", "true")
	}
	return ans
}

// readAddition reads the request for a new client. Errors in the query are reported before a body that cannot be read.
func readAddition(c *call) (request client.AddRequest, err error) {
	body, err := c.readBody()
	if err == nil {
		err = wire.ReadRequest(body, "ClientRequest", request.Slots(), &request.Reading)
	}
	if err != nil && len(c.problems) > 0 {
		err = c.problems.Err()
	}
	if err != nil {
		return request, err
	}
	request.Problems = append(c.problems, request.Problems...)
	request.IdempotencyKey = readIdempotencyKey(c.Header, &request.Problems)
	return request, nil
}
