package samtemplate

import (
	"fmt"
	"strings"
	"time"

	"accounttasks/internal/local/apigateway"
)

// noAuthorizer is what an event names to be open where the API has a default.
const noAuthorizer = "NONE"

// apiAuth is the API's Auth: its authorizers and which one is the default.
type apiAuth struct {
	authorizers map[string]authorizer
	fallback    string
}

// readAPI reads the API's settings and refuses those that would change an answer
// in a way the local gateway does not know.
func readAPI(api block, local Substitutes) (apiAuth, error) {
	err := api.only("Auth", "DefinitionBody", "StageName",
		// Without effect on a single local caller:
		"AccessLogSettings", "DefaultRouteSettings", "Description", "DisableExecuteApiEndpoint", "Domain",
		"FailOnWarnings", "Name", "PropagateTags", "RouteSettings", "Tags")
	if err != nil {
		return apiAuth{}, err
	}
	stage, err := api.text("StageName")
	if err != nil {
		return apiAuth{}, err
	}
	if stage != "" && stage != "$default" {
		return apiAuth{}, fmt.Errorf("%s.StageName: the local stack has the stage $default only", api.path)
	}
	if err := checkDefinition(api); err != nil {
		return apiAuth{}, err
	}
	auth, err := api.child("Auth")
	if err != nil {
		return apiAuth{}, err
	}
	if err := auth.only("Authorizers", "DefaultAuthorizer"); err != nil {
		return apiAuth{}, err
	}
	authorizers, err := readAuthorizers(auth, local)
	if err != nil {
		return apiAuth{}, err
	}
	fallback, err := auth.text("DefaultAuthorizer")
	return apiAuth{authorizers, fallback}, err
}

// checkDefinition refuses routes of the API's own: they lead somewhere else than
// to the function. Those that a condition takes away are no routes.
func checkDefinition(api block) error {
	definition, err := api.child("DefinitionBody")
	if err != nil {
		return err
	}
	if err := definition.only("openapi", "info", "paths"); err != nil {
		return err
	}
	paths, err := definition.child("paths")
	if err != nil {
		return err
	}
	if paths, err = paths.resolved(); err != nil {
		return err
	}
	return paths.only()
}

// readRoute reads an event of type HttpApi.
func readRoute(properties block, apiName string, auth apiAuth) (apigateway.Route, error) {
	if err := properties.only("ApiId", "Path", "Method", "PayloadFormatVersion", "TimeoutInMillis", "Auth", "RouteSettings"); err != nil {
		return apigateway.Route{}, err
	}
	if err := checkEvent(properties, apiName); err != nil {
		return apigateway.Route{}, err
	}
	route, err := readTarget(properties)
	if err != nil {
		return apigateway.Route{}, err
	}
	milliseconds, err := properties.number("TimeoutInMillis", 50, 30000, 0)
	if err != nil {
		return apigateway.Route{}, err
	}
	route.Timeout = time.Duration(milliseconds) * time.Millisecond
	return guard(route, properties, auth)
}

// checkEvent refuses another API and the older form of events.
func checkEvent(properties block, apiName string) error {
	if api, present := properties.members["ApiId"]; present {
		reference, _ := api.(map[string]any)
		if reference["Ref"] != apiName {
			return fmt.Errorf("%s.ApiId must be !Ref %s", properties.path, apiName)
		}
	}
	version, err := properties.text("PayloadFormatVersion")
	if err == nil && version != "" && version != "2.0" {
		return fmt.Errorf("%s.PayloadFormatVersion: the local stack makes events of version 2.0 only", properties.path)
	}
	return err
}

// readTarget reads method and path; an event with neither is the $default route.
func readTarget(properties block) (apigateway.Route, error) {
	path, err := properties.text("Path")
	if err != nil {
		return apigateway.Route{}, err
	}
	method, err := properties.text("Method")
	switch {
	case err != nil:
		return apigateway.Route{}, err
	case path == "" && method == "":
		return apigateway.Route{Path: apigateway.DefaultPath}, nil
	case path == "" || method == "":
		return apigateway.Route{}, fmt.Errorf("%s has one of Path and Method, and needs both or neither", properties.path)
	}
	return apigateway.Route{Method: strings.ToUpper(method), Path: path}, nil
}

// guard adds the authorizer: the event's own, else the API's default. Like SAM it
// lets an empty list of scopes mean the authorizer's.
func guard(route apigateway.Route, properties block, api apiAuth) (apigateway.Route, error) {
	auth, err := properties.child("Auth")
	if err != nil {
		return route, err
	}
	if err := auth.only("Authorizer", "AuthorizationScopes"); err != nil {
		return route, err
	}
	name, err := auth.text("Authorizer")
	if err != nil {
		return route, err
	}
	if name == "" {
		name = api.fallback
	}
	scopes, err := auth.texts("AuthorizationScopes")
	if err != nil {
		return route, err
	}
	if name == "" || name == noAuthorizer {
		if len(scopes) > 0 {
			return route, fmt.Errorf("%s asks for scopes without an authorizer", auth.path)
		}
		return route, nil
	}
	chosen, known := api.authorizers[name]
	if !known {
		return route, fmt.Errorf("%s: the API has no authorizer %s", auth.path, name)
	}
	route.Authorizer, route.Scopes = &chosen.jwt, chosen.scopes
	if len(scopes) > 0 {
		route.Scopes = scopes
	}
	return route, nil
}
