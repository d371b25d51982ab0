// Package lambdahttp owns the way between API Gateway events and net/http: it makes a request of an HTTP API v2 or
// REST v1 event, told apart by their version, and an event's answer of a response. It is the only package that knows
// github.com/awslabs/aws-lambda-go-api-proxy, which is archived, and keeps that library's bugs from the service.
//
// It must not know what a request says or which routes there are.
package lambdahttp
