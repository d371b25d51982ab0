package samtemplate

import (
	"fmt"
	"regexp"
	"strings"
)

// call evaluates one intrinsic function.
func (r *resolver) call(name string, argument any) (any, error) {
	functions := map[string]func(any) (any, error){
		"Ref": r.ref, "Fn::GetAtt": r.getAtt, "Fn::Sub": r.sub, "Fn::Join": r.join,
		"Fn::Split": r.split, "Fn::If": r.choose, "Fn::FindInMap": r.findInMap,
	}
	function, known := functions[name]
	if !known {
		return nil, fmt.Errorf("the intrinsic function %s has no local counterpart", name)
	}
	return function(argument)
}

func (r *resolver) ref(argument any) (any, error) {
	name, _ := argument.(string)
	if value, known := r.values[name]; known {
		return value, nil
	}
	if parameter, ok := r.parameters[name].(map[string]any); ok {
		return parameterDefault(name, parameter)
	}
	switch kind := r.kindOf(name); kind {
	case typeTable, typeSimpleTable:
		return r.tableName, nil
	case typeFunction:
		return name, nil
	case typeEventBus:
		return r.busName(name)
	case "":
		// SAM's reference to the alias that it makes for a function.
		if function, isAlias := strings.CutSuffix(name, ".Alias"); isAlias {
			return r.getAtt([]any{function, "Arn"})
		}
		return nil, fmt.Errorf("!Ref %s: there is no such parameter or resource", name)
	default:
		return nil, fmt.Errorf("!Ref %s: a resource of type %s has no local counterpart", name, kind)
	}
}

// parameterDefault splits a list where the parameter is one.
func parameterDefault(name string, parameter map[string]any) (any, error) {
	value, present := parameter["Default"]
	if !present {
		return nil, fmt.Errorf("!Ref %s: the parameter has no default, and the local stack no value for it", name)
	}
	kind, _ := parameter["Type"].(string)
	switch {
	case strings.HasPrefix(kind, "AWS::SSM::"):
		return nil, fmt.Errorf("!Ref %s: a parameter of type %s has its value in Systems Manager, which is not local", name, kind)
	case kind != "CommaDelimitedList" && !strings.HasPrefix(kind, "List<"):
		return value, nil
	}
	text, err := scalarText(value)
	if err != nil {
		return nil, err
	}
	var list []any
	for _, part := range strings.Split(text, ",") {
		list = append(list, strings.TrimSpace(part))
	}
	return list, nil
}

// busName is the name that a bus has in the template.
func (r *resolver) busName(resource string) (any, error) {
	bus, err := r.properties(block{r: r}, "", resource)
	if err != nil {
		return nil, err
	}
	return bus.text("Name")
}

func (r *resolver) kindOf(resource string) string {
	members, _ := r.resources[resource].(map[string]any)
	kind, _ := members["Type"].(string)
	return kind
}

func (r *resolver) getAtt(argument any) (any, error) {
	path, _ := argument.([]any)
	if len(path) != 2 {
		return nil, fmt.Errorf("!GetAtt %v is not a resource and its attribute", argument)
	}
	resource, attribute := fmt.Sprint(path[0]), fmt.Sprint(path[1])
	prefix := func(service string) string {
		return fmt.Sprintf("arn:aws:%s:%v:%v:", service, r.values["AWS::Region"], r.values["AWS::AccountId"])
	}
	switch kind := r.kindOf(resource); {
	case attribute == "Arn" && (kind == typeTable || kind == typeSimpleTable):
		return prefix("dynamodb") + "table/" + r.tableName, nil
	case attribute == "Arn" && kind == typeFunction:
		return prefix("lambda") + "function:" + resource, nil
	case attribute == "Arn" && kind == typeEventBus:
		name, err := r.busName(resource)
		return prefix("events") + fmt.Sprintf("event-bus/%v", name), err
	case attribute == "Name" && kind == typeEventBus:
		return r.busName(resource)
	default:
		return nil, fmt.Errorf("!GetAtt %s.%s has no local counterpart", resource, attribute)
	}
}

// placeholder is ${Name}, ${Name.Attribute} or the escape ${!Text}.
var placeholder = regexp.MustCompile(`\$\{[^}]*\}`)

func (r *resolver) sub(argument any) (any, error) {
	text, locals, err := subArguments(argument)
	if err != nil {
		return nil, err
	}
	result := placeholder.ReplaceAllStringFunc(text, func(match string) string {
		value, failure := r.placeholderValue(strings.TrimSpace(match[2:len(match)-1]), locals)
		if failure != nil && err == nil {
			err = failure
		}
		return value
	})
	return result, err
}

func subArguments(argument any) (text string, locals map[string]any, err error) {
	switch v := argument.(type) {
	case string:
		return v, nil, nil
	case []any:
		if len(v) == 2 {
			text, isText := v[0].(string)
			locals, isMap := v[1].(map[string]any)
			if isText && isMap {
				return text, locals, nil
			}
		}
	}
	return "", nil, fmt.Errorf("!Sub %v is neither a text nor a text with variables", argument)
}

func (r *resolver) placeholderValue(name string, locals map[string]any) (string, error) {
	if escaped, ok := strings.CutPrefix(name, "!"); ok {
		return "${" + escaped + "}", nil
	}
	if value, local := locals[name]; local {
		return r.text(value)
	}
	if resource, attribute, ok := strings.Cut(name, "."); ok {
		return r.text(map[string]any{"Fn::GetAtt": []any{resource, attribute}})
	}
	return r.text(map[string]any{"Ref": name})
}

func (r *resolver) join(argument any) (any, error) {
	separator, list, err := r.textAndValue(argument)
	if err != nil {
		return nil, fmt.Errorf("!Join: %w", err)
	}
	members, isList := list.([]any)
	if !isList {
		return nil, fmt.Errorf("!Join: %v is not a list", list)
	}
	texts := make([]string, 0, len(members))
	for _, member := range members {
		text, err := scalarText(member)
		if err != nil {
			return nil, fmt.Errorf("!Join: %w", err)
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, separator), nil
}

func (r *resolver) split(argument any) (any, error) {
	separator, source, err := r.textAndValue(argument)
	if err != nil {
		return nil, fmt.Errorf("!Split: %w", err)
	}
	text, err := scalarText(source)
	if err != nil {
		return nil, fmt.Errorf("!Split: %w", err)
	}
	var list []any
	for _, part := range strings.Split(text, separator) {
		list = append(list, part)
	}
	return list, nil
}

// textAndValue reads the arguments that Join and Split have in common.
func (r *resolver) textAndValue(argument any) (string, any, error) {
	pair, _ := argument.([]any)
	if len(pair) != 2 {
		return "", nil, fmt.Errorf("%v is not a separator and a value", argument)
	}
	separator, isText := pair[0].(string)
	if !isText {
		return "", nil, fmt.Errorf("the separator %v is not a text", pair[0])
	}
	value, err := r.resolve(pair[1])
	return separator, value, err
}

func (r *resolver) findInMap(argument any) (any, error) {
	path, _ := argument.([]any)
	if len(path) != 3 {
		return nil, fmt.Errorf("!FindInMap %v is not a map and two keys", argument)
	}
	var found any = r.mappings
	for _, step := range path {
		key, err := r.text(step)
		if err != nil {
			return nil, fmt.Errorf("!FindInMap: %w", err)
		}
		members, _ := found.(map[string]any)
		value, present := members[key]
		if !present {
			return nil, fmt.Errorf("!FindInMap: there is no %q", key)
		}
		found = value
	}
	return found, nil
}
