package api

import "accounttasks/internal/task"

// authenticate lets only calls through whose caller is known: the one that was attached to the request's context.
func authenticate(next handler) handler {
	return func(c *call) answer {
		caller, known := task.CallerFrom(c.Context())
		if !known {
			return fail(&task.Error{Code: task.CodeUnauthorized,
				Reason: "The request carries no identity: send it through the gateway, with a bearer token."})
		}
		c.caller = caller
		return next(c)
	}
}

// authorize lets only callers through whose token grants the scope of the route.
func authorize(next handler) handler {
	return func(c *call) answer {
		if !c.caller.Allows(c.route.scope) {
			return fail(&task.Error{Code: task.CodeForbidden,
				Reason: "The token does not grant the scope " + c.route.scope + ": send one that does."})
		}
		return next(c)
	}
}
