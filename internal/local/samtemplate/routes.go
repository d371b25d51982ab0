package samtemplate

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"accounttasks/internal/local/apigateway"
)

// readAPI refuses settings of the API that would change an answer in a way that
// the local gateway does not know. It returns the operations that the API's
// definition names.
func readAPI(api block) (map[string]bool, error) {
	err := api.only("Auth", "DefinitionBody", "StageName",
		// Without local effect:
		"AccessLogSettings", "DefaultRouteSettings", "Description", "DisableExecuteApiEndpoint", "Domain",
		"FailOnWarnings", "Name", "PropagateTags", "RouteSettings", "Tags")
	if err != nil {
		return nil, err
	}
	if err := readAuth(api); err != nil {
		return nil, err
	}
	stage, err := api.text("StageName")
	if err != nil {
		return nil, err
	}
	if stage != "" && stage != "$default" {
		return nil, fmt.Errorf("%s.StageName: the local stack has the stage $default only", api.path)
	}
	return readDefinition(api)
}

// readDefinition refuses integrations of the definition's own: they lead somewhere
// else than to a function of the template. What it may say of an operation has no
// local effect.
func readDefinition(api block) (map[string]bool, error) {
	definition, err := api.child("DefinitionBody")
	if err != nil {
		return nil, err
	}
	if err := definition.only("openapi", "info", "paths"); err != nil {
		return nil, err
	}
	paths, err := definition.child("paths")
	if err != nil {
		return nil, err
	}
	operations := map[string]bool{}
	for _, path := range paths.names() {
		methods, err := paths.child(path)
		if err != nil {
			return nil, err
		}
		for _, method := range methods.names() {
			operation, err := methods.child(method)
			if err != nil {
				return nil, err
			}
			if err := operation.only("parameters", "responses"); err != nil {
				return nil, err
			}
			operations[apigateway.Route{Method: strings.ToUpper(method), Path: path}.Key()] = true
		}
	}
	return operations, nil
}

// checkOperations refuses operations of the definition without a function.
func checkOperations(operations map[string]bool, routes []apigateway.Route) error {
	for _, route := range routes {
		delete(operations, route.Key())
	}
	for _, key := range slices.Sorted(maps.Keys(operations)) {
		return fmt.Errorf("the API's definition has the operation %s, which is not an event of a function", key)
	}
	return nil
}

// readRoute reads an event of type HttpApi.
func readRoute(properties block, apiName string) (apigateway.Route, error) {
	if err := properties.only("ApiId", "Path", "Method", "PayloadFormatVersion", "TimeoutInMillis", "RouteSettings"); err != nil {
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
	return route, nil
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

// readAuth refuses every authorizer. Auth may say that there is none.
func readAuth(api block) error {
	auth, err := api.child("Auth")
	if err != nil {
		return err
	}
	if err := auth.only("EnableIamAuthorizer"); err != nil {
		return err
	}
	enabled, err := auth.text("EnableIamAuthorizer")
	if err == nil && enabled != "" && enabled != "false" {
		err = fmt.Errorf("%s.EnableIamAuthorizer: the local stack has no authorizers", auth.path)
	}
	return err
}
