// Package apigateway answers HTTP requests the way an API Gateway HTTP API does:
// it owns the choice of the route, the quotas, the version 2.0 event and the way
// back from the function's answer to HTTP.
//
// It must not know where its routes were read or how functions run: those come
// in with Config. It has no authorizer: the functions check the tokens.
//
// Where AWS documents a behaviour it is followed; what is undocumented and could
// not be observed is marked "assumed" at its place.
package apigateway
