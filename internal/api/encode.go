package api

import (
	"net/http"

	"accounttasks/internal/wire"
)

// encode writes the answer as an envelope, in the format that the request asks for; that of the token's operation as
// RFC 6749 says.
func (a *API) encode(next handler) handler {
	return func(c *call) answer {
		ans := next(c)
		if c.isForToken() {
			return encodeToken(ans)
		}
		envelope := wire.Envelope{Failure: ans.err, UserID: c.caller.UserID()}
		format := wire.Negotiate(c.Header)
		ans.setHeader("Content-Type", format.ContentType())
		ans.setHeader("Cache-Control", "no-store")
		if ans.detail != nil {
			envelope.Detail = wire.TaskDetail(ans.detail, a.now())
			ans.setHeader("ETag", formatETag(ans.detail.Revision))
		}
		if c.Method != http.MethodHead {
			ans.body = envelope.Write(format)
		}
		return ans
	}
}
