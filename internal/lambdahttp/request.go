package lambdahttp

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"github.com/awslabs/aws-lambda-go-api-proxy/core"

	"accounttasks/internal/api"
	"accounttasks/internal/task"
)

// requestV2 makes a request from an HTTP API event.
func requestV2(ctx context.Context, payload []byte, event events.APIGatewayV2HTTPRequest) (*http.Request, api.Body, error) {
	if err := checkMethod(event.RequestContext.HTTP.Method); err != nil {
		return nil, api.Body{}, err
	}
	// The library gets nothing that it would have to parse, because it decodes bodies, splits headers and parses paths
	// wrongly.
	var accessor core.RequestAccessorV2
	r, err := accessor.EventToRequest(events.APIGatewayV2HTTPRequest{RawPath: "/", Cookies: event.Cookies,
		RequestContext: events.APIGatewayV2HTTPRequestContext{HTTP: event.RequestContext.HTTP}})
	if err != nil {
		return nil, api.Body{}, notRequest(err)
	}
	setHeaders(r, payload, event.Headers)
	r.URL = &url.URL{Path: pathV2(event), RawQuery: queryV2(event)}
	r.RequestURI = event.RawPath
	setRoute(r, event.RouteKey[strings.IndexByte(event.RouteKey, ' ')+1:], event.PathParameters)
	body := readBody(event.Body, event.IsBase64Encoded, r.Header)
	return r.WithContext(ctx), body, nil
}

// requestV1 makes a request from a REST API event.
func requestV1(ctx context.Context, payload []byte, event events.APIGatewayProxyRequest) (*http.Request, api.Body, error) {
	if err := checkMethod(event.HTTPMethod); err != nil {
		return nil, api.Body{}, err
	}
	headers, lists := withoutNulls(payload, event.Headers, event.MultiValueHeaders)
	var accessor core.RequestAccessor
	r, err := accessor.EventToRequest(events.APIGatewayProxyRequest{Path: "/", HTTPMethod: event.HTTPMethod, Headers: headers,
		MultiValueHeaders: lists, RequestContext: events.APIGatewayProxyRequestContext{Identity: event.RequestContext.Identity}})
	if err != nil {
		return nil, api.Body{}, notRequest(err)
	}
	r.URL = urlV1(event)
	r.RequestURI = usedPathV1(event)
	setRoute(r, event.Resource, unescaped(event.PathParameters))
	body := readBody(event.Body, event.IsBase64Encoded, r.Header)
	return r.WithContext(ctx), body, nil
}

// checkMethod refuses methods that no gateway sends. The event of another service, for example, has no method. The
// library would use GET for a missing method, and print a bad one unescaped. A method is a token of RFC 9110, section
// 5.6.2.
func checkMethod(sent string) error {
	if sent == "" || strings.ContainsFunc(sent, func(c rune) bool { return !isTokenCharacter(c) }) {
		return notRequest(fmt.Errorf("%q is not a method", sent))
	}
	return nil
}

func isTokenCharacter(c rune) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || strings.ContainsRune("!#$%&'*+-.^_`|~", c)
}

// notRequest is the refusal of an event that does not come from an HTTP request.
func notRequest(cause error) error {
	return &task.Error{Code: task.CodeInvalidRequest, Cause: cause,
		Reason: "The event is not an HTTP request: send an event of an HTTP API or a REST API."}
}
