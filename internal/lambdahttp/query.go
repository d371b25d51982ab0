package lambdahttp

import (
	"net/url"

	"github.com/aws/aws-lambda-go/events"
)

// queryV2 is the query of an HTTP API event, as the caller wrote it.
func queryV2(event events.APIGatewayV2HTTPRequest) string {
	if event.RawQueryString != "" {
		return event.RawQueryString
	}
	return encodeQuery(event.QueryStringParameters)
}

// queryV1 is the query of a REST event. The event lists the parameters decoded.
func queryV1(event events.APIGatewayProxyRequest) string {
	if len(event.MultiValueQueryStringParameters) > 0 {
		return url.Values(event.MultiValueQueryStringParameters).Encode()
	}
	return encodeQuery(event.QueryStringParameters)
}

func encodeQuery(parameters map[string]string) string {
	values := make(url.Values, len(parameters))
	for name, value := range parameters {
		values.Set(name, value)
	}
	return values.Encode()
}
