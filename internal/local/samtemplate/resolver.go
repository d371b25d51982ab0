package samtemplate

import (
	"fmt"
	"strings"
)

// noValue is the value of AWS::NoValue: the property is left out.
type noValue struct{}

// resolver evaluates intrinsic functions with local values. It is asked only for
// what the local stack uses, so that the rest of a template may contain what has
// no local counterpart.
type resolver struct {
	parameters map[string]any
	resources  map[string]any
	conditions map[string]any
	mappings   map[string]any
	values     map[string]any // of parameters and pseudo parameters
	tableName  string
	evaluating map[string]bool // conditions under way, against circles
}

// sections are the parts that a template may have. Rules apply to deployments only.
var sections = []string{
	"AWSTemplateFormatVersion", "Conditions", "Description", "Globals", "Mappings", "Metadata", "Outputs", "Parameters",
	"Resources", "Rules", "Transform",
}

func newResolver(document map[string]any, s Substitutes) (*resolver, error) {
	if err := (block{path: "template", members: document}).only(sections...); err != nil {
		return nil, err
	}
	found := map[string]map[string]any{}
	for _, name := range []string{"Parameters", "Resources", "Conditions", "Mappings"} {
		members, isMapping := document[name].(map[string]any)
		if _, present := document[name]; present && !isMapping {
			return nil, fmt.Errorf("%s is not a mapping", name)
		}
		found[name] = members
	}
	return &resolver{
		parameters: found["Parameters"], resources: found["Resources"],
		conditions: found["Conditions"], mappings: found["Mappings"],
		tableName: s.TableName, evaluating: map[string]bool{},
		values: map[string]any{
			"AWS::Region": s.Region, "AWS::AccountId": s.AccountID, "AWS::Partition": "aws",
			"AWS::URLSuffix": "amazonaws.com", "AWS::StackName": "local", "AWS::NoValue": noValue{},
		},
	}, nil
}

// resolve returns the value with every intrinsic function in it evaluated.
func (r *resolver) resolve(value any) (any, error) {
	switch v := value.(type) {
	case []any:
		return r.resolveList(v)
	case map[string]any:
		if name, argument, ok := intrinsic(v); ok {
			return r.call(name, argument)
		}
		return r.resolveMap(v)
	default:
		return value, nil
	}
}

func (r *resolver) resolveList(list []any) (any, error) {
	resolved := make([]any, 0, len(list))
	for _, member := range list {
		value, err := r.resolve(member)
		if err != nil {
			return nil, err
		}
		if value != (noValue{}) {
			resolved = append(resolved, value)
		}
	}
	return resolved, nil
}

func (r *resolver) resolveMap(members map[string]any) (any, error) {
	resolved := make(map[string]any, len(members))
	for name, member := range members {
		value, err := r.resolve(member)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if value != (noValue{}) {
			resolved[name] = value
		}
	}
	return resolved, nil
}

// text resolves to a scalar's text.
func (r *resolver) text(value any) (string, error) {
	resolved, err := r.resolve(value)
	if err != nil {
		return "", err
	}
	return scalarText(resolved)
}

// scalarText refuses a reference that CloudFormation would replace by a value of another service.
func scalarText(value any) (string, error) {
	switch value.(type) {
	case string, int, bool, float64:
		text := fmt.Sprint(value)
		if strings.Contains(text, "{{resolve:") {
			return "", fmt.Errorf("%q is a dynamic reference, which has no local value", text)
		}
		return text, nil
	default:
		return "", fmt.Errorf("%v is not a text", value)
	}
}

// intrinsic reports whether a map is a function call and not data.
func intrinsic(members map[string]any) (name string, argument any, ok bool) {
	if len(members) != 1 {
		return "", nil, false
	}
	for name, argument = range members {
		ok = name == "Ref" || strings.HasPrefix(name, "Fn::")
	}
	return name, argument, ok
}
