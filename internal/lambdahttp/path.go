package lambdahttp

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// setRoute passes on the route that the gateway found and its path parameters. The service has to parse the path itself
// if the route has none, as $default, or if the event does not list the parameters.
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

// pathV2 is the path of an HTTP API event, which the gateway has decoded.
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

// urlV1 is the URL of a REST event, which has the path as the caller wrote it, without the stage.
func urlV1(event events.APIGatewayProxyRequest) *url.URL {
	path := withoutBasePath(event.Path, withoutStage(event.RequestContext.Path, event.RequestContext.Stage))
	path = withoutBasePath(path, greedyPath(event.Resource, event.PathParameters))
	u := &url.URL{Path: path, RawQuery: queryV1(event)}
	if plain, err := url.PathUnescape(path); err == nil {
		u.Path, u.RawPath = plain, path
	}
	return u
}

// usedPathV1 is the path that the caller of a REST API used. The event's path includes the base path of a custom
// domain; the path in its context includes the stage.
func usedPathV1(event events.APIGatewayProxyRequest) string {
	if len(event.Path) > len(event.RequestContext.Path) {
		return event.Path
	}
	return event.RequestContext.Path
}

// withoutStage removes a stage's name from the beginning of the path.
func withoutStage(path, stage string) string {
	if rest, ok := strings.CutPrefix(path, "/"+stage); ok && stage != "" && strings.HasPrefix(rest, "/") {
		return rest
	}
	return path
}

// withoutBasePath removes the base path of a custom domain from a path, if the event also has the path after it. The two
// may differ in their slashes and in what is escaped: only one of them may have a slash at its end.
func withoutBasePath(path, after string) string {
	segments, rest := splitPath(path), splitPath(after)
	before := len(segments) - len(rest)
	if len(rest) == 0 || before <= 0 || !strings.HasPrefix(after, "/") || !slices.EqualFunc(segments[before:], rest, sameSegment) {
		return path
	}
	return "/" + strings.Join(segments[before:], "/")
}

func splitPath(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
}

// sameSegment reports whether two segments are equal, each as it is written or unescaped.
func sameSegment(a, b string) bool {
	plainA, errA := url.PathUnescape(a)
	plainB, errB := url.PathUnescape(b)
	return a == b || errA == nil && plainA == b || errB == nil && a == plainB
}

// greedyPath is the path that a template with a greedy parameter matches, such as /{proxy+}. For $default it is the
// parameter proxy. It is empty if the event does not list the parameter.
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

// unescaped returns the path parameters of a REST event, decoded.
func unescaped(parameters map[string]string) map[string]string {
	for name, value := range parameters {
		if plain, err := url.PathUnescape(value); err == nil {
			parameters[name] = plain
		}
	}
	return parameters
}
