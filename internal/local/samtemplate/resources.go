package samtemplate

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

const (
	typeFunction    = "AWS::Serverless::Function"
	typeHTTPAPI     = "AWS::Serverless::HttpApi"
	typeSimpleTable = "AWS::Serverless::SimpleTable"

	// implicitAPI is what SAM calls the API of a template that declares none.
	implicitAPI = "ServerlessHttpApi"
)

// elsewhere lists the types that would bring routes or functions of their own.
var elsewhere = []string{
	"AWS::ApiGateway::", "AWS::ApiGatewayV2::", "AWS::Lambda::Function", "AWS::Lambda::Url",
	"AWS::Serverless::Api", "AWS::Serverless::Application", "AWS::Serverless::GraphQLApi", "AWS::Serverless::WebSocketApi",
}

// selection is the part of the resources that the local stack runs, with Globals merged in.
type selection struct {
	functions []resource // in the order of their logical ids
	api       resource   // without properties where the API is implicit
}

// resource is a resource's logical id and its properties.
type resource struct {
	name       string
	properties block
}

// selectResources finds the functions and the API.
func selectResources(document map[string]any, r *resolver) (selection, error) {
	functions, apis, err := r.classify()
	if err != nil {
		return selection{}, err
	}
	if len(functions) == 0 {
		return selection{}, errors.New("there is no resource of type " + typeFunction)
	}
	if len(apis) > 1 {
		return selection{}, fmt.Errorf("the local stack runs one API, not %s", strings.Join(apis, ", "))
	}
	s := selection{api: resource{name: implicitAPI}}
	if len(apis) == 1 {
		s.api.name = apis[0]
	}
	globals, err := block{path: "template", members: document, r: r}.child("Globals")
	if err != nil {
		return selection{}, err
	}
	if s.api.properties, err = r.properties(globals, "HttpApi", s.api.name); err != nil {
		return selection{}, err
	}
	for _, name := range functions {
		properties, err := r.properties(globals, "Function", name)
		if err != nil {
			return selection{}, err
		}
		s.functions = append(s.functions, resource{name, properties})
	}
	return s, nil
}

// classify names the functions and the APIs. It refuses every other resource that
// would add a function or a route.
func (r *resolver) classify() (functions, apis []string, err error) {
	for _, name := range slices.Sorted(maps.Keys(r.resources)) {
		present, err := r.present(name)
		if err != nil {
			return nil, nil, err
		}
		kind := r.kindOf(name)
		switch {
		case !present:
		case kind == typeFunction:
			functions = append(functions, name)
		case kind == typeHTTPAPI:
			apis = append(apis, name)
		case slices.ContainsFunc(elsewhere, func(prefix string) bool { return strings.HasPrefix(kind, prefix) }):
			return nil, nil, fmt.Errorf("resource %s of type %s is not supported by the local stack", name, kind)
		}
	}
	return functions, apis, nil
}

// present evaluates the resource's condition, if it has one.
func (r *resolver) present(name string) (bool, error) {
	resource, _ := r.resources[name].(map[string]any)
	condition, conditional := resource["Condition"].(string)
	if !conditional {
		return true, nil
	}
	return r.condition(condition)
}

// properties returns a resource's properties over its type's Globals.
func (r *resolver) properties(globals block, section, name string) (block, error) {
	defaults, err := globals.child(section)
	if err != nil {
		return block{}, err
	}
	resource, _ := r.resources[name].(map[string]any)
	own, err := block{path: "Resources." + name, members: resource, r: r}.child("Properties")
	if err != nil {
		return block{}, err
	}
	own.members = merged(defaults.members, own.members)
	return own, nil
}
