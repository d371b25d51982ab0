package lambdahttp

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// setRoute passes on the route that the gateway found and the parameters that it took out of the path. A route
// without a path, as $default is, and one whose parameters the event does not list leave it to the service to look at
// the path.
func setRoute(r *http.Request, template string, parameters map[string]string) {
	if !strings.HasPrefix(template, "/") {
		return
	}
	for _, segment := range strings.Split(template, "/") {
		name, isParameter := strings.CutPrefix(segment, "{")
		if !isParameter {
			continue
		}
		name = strings.TrimSuffix(name, "}")
		value, given := parameters[name]
		if !given {
			return
		}
		r.SetPathValue(name, value)
	}
	r.Pattern = template
}

// pathV2 is the path of an HTTP API event, which is decoded already.
func pathV2(event events.APIGatewayV2HTTPRequest) string {
	stage := event.RequestContext.Stage
	if stage == "$default" {
		stage = ""
	}
	path := withoutStage(event.RawPath, stage)
	path = withoutBasePath(path, withoutStage(event.RequestContext.HTTP.Path, stage))
	path = withoutBasePath(path, greedyPath(event.RouteKey[strings.IndexByte(event.RouteKey, ' ')+1:], event.PathParameters))
	return "/" + strings.TrimPrefix(path, "/")
}

// urlV1 is the address of a REST event, which keeps the path as the caller wrote it, without the stage.
func urlV1(event events.APIGatewayProxyRequest) *url.URL {
	path := withoutBasePath(event.Path, withoutStage(event.RequestContext.Path, event.RequestContext.Stage))
	path = withoutBasePath(path, greedyPath(event.Resource, event.PathParameters))
	u := &url.URL{Path: path, RawQuery: queryV1(event)}
	if plain, err := url.PathUnescape(path); err == nil {
		u.Path, u.RawPath = plain, path
	}
	return u
}

// usedPathV1 is the path that the caller of a REST API used. The event's own has the base path of a custom domain, the
// one of its context has the stage.
func usedPathV1(event events.APIGatewayProxyRequest) string {
	if len(event.Path) > len(event.RequestContext.Path) {
		return event.Path
	}
	return event.RequestContext.Path
}

// withoutStage takes a stage's name off the path that begins with it.
func withoutStage(path, stage string) string {
	if rest, ok := strings.CutPrefix(path, "/"+stage); ok && stage != "" && strings.HasPrefix(rest, "/") {
		return rest
	}
	return path
}

// withoutBasePath takes the base path of a custom domain off a path where the event names the path after it, too.
func withoutBasePath(path, after string) string {
	if after != "" && after != "/" && strings.HasPrefix(after, "/") && strings.HasSuffix(path, after) {
		return after
	}
	return path
}

// greedyPath is the path that a template with a greedy parameter matches, such as /{proxy+}; of $default it is the
// parameter proxy. It is empty where the event does not list the parameter.
func greedyPath(template string, parameters map[string]string) string {
	before, rest, _ := strings.Cut(template, "{")
	name, isGreedy := strings.CutSuffix(rest, "+}")
	if template == "$default" {
		before, name, isGreedy = "/", "proxy", true
	}
	value, given := parameters[name]
	if !isGreedy || !given {
		return ""
	}
	return before + strings.TrimPrefix(value, "/")
}

// unescaped returns path parameters of a REST event decoded.
func unescaped(parameters map[string]string) map[string]string {
	for name, value := range parameters {
		if plain, err := url.PathUnescape(value); err == nil {
			parameters[name] = plain
		}
	}
	return parameters
}
