package apigateway

import (
	"bytes"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
)

const (
	// apiID replaces the identifier that AWS gives to an API.
	apiID = "local"
	// stage is the only stage of the local gateway. It is not part of the path.
	stage = "$default"
	// timeLayout is the Common Log Format's layout of times, which events use.
	timeLayout = "02/Jan/2006:15:04:05 -0700"
)

// eventSource is the input for an event.
type eventSource struct {
	request   *http.Request
	body      []byte
	match     routeMatch
	identity  eventIdentity
	accountID string
	now       time.Time
}

// newEvent builds the version 2.0 event of a proxy integration.
func newEvent(s eventSource) events.APIGatewayV2HTTPRequest {
	r := s.request
	event := events.APIGatewayV2HTTPRequest{
		Version:               "2.0",
		RouteKey:              s.match.route.Key(),
		RawPath:               r.URL.Path, // decoded, unlike in a REST API
		RawQueryString:        r.URL.RawQuery,
		Cookies:               eventCookies(r.Header),
		Headers:               eventHeaders(s),
		QueryStringParameters: eventQuery(r.URL.RawQuery),
		PathParameters:        s.match.parameters,
		RequestContext:        eventContext(s),
	}
	event.Body, event.IsBase64Encoded = eventBody(r.Header.Get("Content-Type"), s.body)
	return event
}

// encode does not escape <, > and &. With escapes an XML body could exceed a quota that it meets on AWS.
func encode(event events.APIGatewayV2HTTPRequest) ([]byte, error) {
	var document bytes.Buffer
	encoder := json.NewEncoder(&document)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(event)
	return document.Bytes(), err
}

func eventContext(s eventSource) events.APIGatewayV2HTTPRequestContext {
	r := s.request
	domain := hostname(r.Host)
	prefix, _, _ := strings.Cut(domain, ".")
	return events.APIGatewayV2HTTPRequestContext{
		RouteKey: s.match.route.Key(), AccountID: s.accountID, Stage: stage,
		RequestID: s.identity.requestID, APIID: apiID, DomainName: domain, DomainPrefix: prefix,
		Time: s.now.UTC().Format(timeLayout), TimeEpoch: s.now.UnixMilli(),
		HTTP: events.APIGatewayV2HTTPRequestContextHTTPDescription{
			Method: r.Method, Path: r.URL.Path, Protocol: r.Proto,
			SourceIP: hostname(r.RemoteAddr), UserAgent: r.UserAgent(),
		},
	}
}

// hostname removes the port from an address that has one.
func hostname(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return address
}
