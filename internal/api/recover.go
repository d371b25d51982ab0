package api

import (
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// recoverPanics turns a panic into an internal error. No part of the answer has been written at that point, because an
// answer is written only when it is complete.
func (a *API) recoverPanics(next handler) handler {
	return func(c *call) (ans answer) {
		defer func() {
			if recovered := recover(); recovered != nil {
				err := task.AsError(telemetry.Panicked(recovered))
				ans = a.encode(func(*call) answer { return fail(err) })(c)
			}
		}()
		return next(c)
	}
}
