// Package lambdahttp turns API Gateway events into requests of net/http and answers back into events: HTTP API
// v2 events and REST v1 events, told apart by their version. It also takes the caller's identity from the
// claims that the gateway's authorizer verified.
//
// It is the only package that knows github.com/awslabs/aws-lambda-go-api-proxy, which is archived, and
// keeps that library's bugs from the service: bodies, paths, headers and panics are handled here. It knows
// nothing of what a request says.
package lambdahttp
