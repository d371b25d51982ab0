// Package lambdahttp owns the conversion between API Gateway events and net/http. It makes a request from an event of
// an HTTP API (version 2) or a REST API (version 1), and an event's answer from a response. It is the only package that
// knows github.com/awslabs/aws-lambda-go-api-proxy, which is archived. It keeps that library's bugs from the service.
//
// It must not know what a request means or which routes exist.
package lambdahttp
