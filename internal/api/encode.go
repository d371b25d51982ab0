package api

import (
	"net/http"
	"strings"

	"accounttasks/internal/wire"
)

// encode writes the answer as an envelope, in the format that the request asks for. The answer of POST /Token is
// written as in RFC 6749.
func (a *API) encode(next handler) handler {
	return func(c *call) answer {
		ans := next(c)
		if c.isForToken() {
			return encodeToken(ans)
		}
		envelope := wire.Envelope{Shape: c.shape(), Failure: ans.err, UserID: c.caller.UserID(), Detail: ans.detail}
		format := wire.Negotiate(c.Header)
		ans.setHeader("Content-Type", format.ContentType())
		ans.setHeader("Cache-Control", "no-store")
		if ans.task != nil {
			envelope.Detail = wire.TaskDetail(ans.task, a.now())
			ans.setHeader("ETag", formatETag(ans.task.Revision))
		}
		if !strings.EqualFold(c.Method, http.MethodHead) {
			ans.body = envelope.Write(format)
		}
		return ans
	}
}
