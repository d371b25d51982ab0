package lambdahttp

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"github.com/aws/aws-lambda-go/events"
	"github.com/awslabs/aws-lambda-go-api-proxy/core"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// requestV2 makes a request of an HTTP API event.
func requestV2(ctx context.Context, event events.APIGatewayV2HTTPRequest) (*http.Request, error) {
	if err := checkMethod(event.RequestContext.HTTP.Method); err != nil {
		return nil, err
	}
	sent := content{event.Body, event.IsBase64Encoded}
	ctx = sent.mark(withIdentity(ctx, claimsV2(event)))
	template := event.RouteKey[strings.IndexByte(event.RouteKey, ' ')+1:]
	event.RawPath = routedPath(template, event.PathParameters, pathV2(event))
	headers := event.Headers
	event.Headers, event.Body, event.IsBase64Encoded = nil, "", false
	event.RawQueryString, event.QueryStringParameters, event.RequestContext.DomainName = "", nil, ""
	var accessor core.RequestAccessorV2
	r, err := accessor.EventToRequestWithContext(ctx, event)
	if err != nil {
		return nil, notRequest(err)
	}
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	r.Body = sent.body()
	return r, nil
}

// requestV1 makes a request of a REST API event.
func requestV1(ctx context.Context, event events.APIGatewayProxyRequest) (*http.Request, error) {
	if err := checkMethod(event.HTTPMethod); err != nil {
		return nil, err
	}
	sent := content{event.Body, event.IsBase64Encoded}
	ctx = sent.mark(withIdentity(ctx, claimsV1(event)))
	for name, value := range event.PathParameters {
		if plain, err := url.PathUnescape(value); err == nil {
			event.PathParameters[name] = plain
		}
	}
	event.Path = routedPath(event.Resource, event.PathParameters, escapedOnce(event.Path))
	event.Body, event.IsBase64Encoded = "", false
	event.QueryStringParameters, event.MultiValueQueryStringParameters, event.RequestContext.DomainName = nil, nil, ""
	var accessor core.RequestAccessor
	r, err := accessor.EventToRequestWithContext(ctx, event)
	if err != nil {
		return nil, notRequest(err)
	}
	r.Body = sent.body()
	return r, nil
}

// checkMethod refuses what no gateway sends, such as the event of another service, which has no method. The
// library would take a missing one for GET and print a bad one as it is. A method is a token of RFC 9110,
// section 5.6.2.
func checkMethod(sent string) error {
	if sent == "" || strings.ContainsFunc(sent, func(c rune) bool { return !isTokenCharacter(c) }) {
		return notRequest(fmt.Errorf("%q is no method", sent))
	}
	return nil
}

func isTokenCharacter(c rune) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || strings.ContainsRune("!#$%&'*+-.^_`|~", c)
}

// pathV2 is the escaped path of an HTTP API event, whose own path is decoded already and begins with the
// stage if that has a name.
func pathV2(event events.APIGatewayV2HTTPRequest) string {
	path := event.RawPath
	if stage := event.RequestContext.Stage; stage != "" && stage != "$default" {
		if rest, ok := strings.CutPrefix(path, "/"+stage); ok && strings.HasPrefix(rest, "/") {
			path = rest
		}
	}
	return escaped(path)
}

// escaped is the escaped form of a decoded path. It is never empty: for an empty path the library would take
// another one from the event, which it does not escape.
func escaped(path string) string {
	return (&url.URL{Path: "/" + strings.TrimPrefix(path, "/")}).EscapedPath()
}

// escapedOnce is the escaped path of a REST event, which keeps it as the caller wrote it. What no caller can
// have written is escaped.
func escapedOnce(path string) string {
	_, err := url.PathUnescape(path)
	if err != nil || strings.ContainsAny(path, "?#") || strings.ContainsFunc(path, unicode.IsControl) {
		return escaped(path)
	}
	return path
}

// routedPath is the path that a route's template stands for, with the parameters that the gateway took out
// of it; so a base path of a custom domain does not matter, and an id is never parsed again. A route
// without such a template, as $default is, leaves the request's own path, and so does one with a greedy
// parameter: what the template calls {proxy+} is listed as proxy.
func routedPath(template string, parameters map[string]string, own string) string {
	if !strings.HasPrefix(template, "/") {
		return own
	}
	segments := strings.Split(template, "/")
	for i, segment := range segments {
		if !strings.HasPrefix(segment, "{") {
			continue
		}
		value, given := parameters[strings.Trim(segment, "{}")]
		if !given {
			return own
		}
		segments[i] = url.PathEscape(value)
	}
	return strings.Join(segments, "/")
}

// content is the body of an event.
type content struct {
	text     string
	isBase64 bool
}

// mark tells the reader of the body whether its bytes are the caller's own.
func (c content) mark(ctx context.Context) context.Context {
	if c.isBase64 {
		return ctx
	}
	return wire.WithDecodedBody(ctx)
}

// body gives the body's bytes. Bad base64 is an error on reading, so that it is judged in its turn.
func (c content) body() io.ReadCloser {
	if !c.isBase64 {
		return io.NopCloser(strings.NewReader(c.text))
	}
	decoded, err := base64.StdEncoding.DecodeString(c.text)
	if err != nil {
		return io.NopCloser(unreadable{errBase64})
	}
	return io.NopCloser(bytes.NewReader(decoded))
}

type unreadable struct{ err *task.Error }

func (u unreadable) Read([]byte) (int, error) { return 0, u.err }
