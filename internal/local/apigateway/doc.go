// Package apigateway answers HTTP requests like an API Gateway HTTP API. It owns the choice of the route, the quotas,
// the version 2.0 event and the conversion of the function's answer into HTTP.
//
// It must not know where its routes come from or how functions run: Config has both. It has no authorizer: the
// functions check the tokens.
//
// It follows AWS's documentation. Behaviour that is undocumented and could not be observed is marked "assumed" in the
// code.
package apigateway
