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
	typeTable       = "AWS::DynamoDB::Table"
	typeSimpleTable = "AWS::Serverless::SimpleTable"
	typeEventBus    = "AWS::Events::EventBus"
	typeRule        = "AWS::Events::Rule"

	// implicitAPI is what SAM calls the API of a template that declares none.
	implicitAPI = "ServerlessHttpApi"
)

// unsupported lists the types that would add functions, or ways to invoke them.
var unsupported = []string{
	"AWS::ApiGateway::", "AWS::ApiGatewayV2::", "AWS::Lambda::EventSourceMapping", "AWS::Lambda::Function", "AWS::Lambda::Url",
	"AWS::Pipes::", "AWS::Scheduler::Schedule", "AWS::Serverless::Api", "AWS::Serverless::Application",
	"AWS::Serverless::GraphQLApi", "AWS::Serverless::StateMachine", "AWS::Serverless::WebSocketApi",
}

// resourceMembers are what a resource may have beside its properties. IgnoreGlobals is not among them.
var resourceMembers = []string{
	"Type", "Properties", "Condition",
	// Without local effect:
	"Connectors", "CreationPolicy", "DeletionPolicy", "DependsOn", "Metadata", "UpdatePolicy", "UpdateReplacePolicy",
}

// selection is the part of the resources that the local stack runs, with Globals
// merged in. Lists are in the order of the logical ids.
type selection struct {
	functions, buses, rules []resource
	api                     resource // without properties where the API is implicit
}

// resource is a resource's logical id and its properties.
type resource struct {
	name       string
	properties block
}

// selectResources finds what the local stack runs.
func selectResources(document block) (selection, error) {
	globals, err := document.child("Globals")
	if err != nil {
		return selection{}, err
	}
	if err := globals.only("Function", "HttpApi"); err != nil {
		return selection{}, err
	}
	names, err := document.r.classify()
	if err != nil {
		return selection{}, err
	}
	if len(names[typeFunction]) == 0 {
		return selection{}, errors.New("there is no resource of type " + typeFunction)
	}
	apis := names[typeHTTPAPI]
	if len(apis) > 1 {
		return selection{}, fmt.Errorf("the local stack runs one API, not %s", strings.Join(apis, ", "))
	}
	if len(apis) == 0 {
		apis = []string{implicitAPI}
	}
	read := func(section string, names []string) (found []resource) {
		for _, name := range names {
			properties, failure := document.r.properties(globals, section, name)
			err = errors.Join(err, failure)
			found = append(found, resource{name, properties})
		}
		return found
	}
	s := selection{
		functions: read("Function", names[typeFunction]), api: read("HttpApi", apis)[0],
		buses: read("", names[typeEventBus]), rules: read("", names[typeRule]),
	}
	return s, err
}

// classify names the resources of each type, in order. Those that a condition
// takes away are not there. It refuses types that the local stack cannot run.
func (r *resolver) classify() (map[string][]string, error) {
	names := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(r.resources)) {
		kind := r.kindOf(name)
		if kind == "" {
			return nil, fmt.Errorf("resource %s has no type", name)
		}
		members, _ := r.resources[name].(map[string]any)
		if err := (block{path: "Resources." + name, members: members}).only(resourceMembers...); err != nil {
			return nil, err
		}
		present, err := r.present(name)
		if err != nil {
			return nil, fmt.Errorf("resource %s: %w", name, err)
		}
		if !present {
			continue
		}
		if slices.ContainsFunc(unsupported, func(prefix string) bool { return strings.HasPrefix(kind, prefix) }) {
			return nil, fmt.Errorf("resource %s of type %s is not supported by the local stack", name, kind)
		}
		names[kind] = append(names[kind], name)
	}
	return names, nil
}

// present evaluates the resource's condition, if it has one.
func (r *resolver) present(name string) (bool, error) {
	resource, _ := r.resources[name].(map[string]any)
	switch condition := resource["Condition"].(type) {
	case nil:
		return true, nil
	case string:
		return r.condition(condition)
	default:
		return false, fmt.Errorf("its condition %v is not a name", condition)
	}
}

// properties returns a resource's properties over those of a section of Globals.
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
