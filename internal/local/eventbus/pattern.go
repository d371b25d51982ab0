package eventbus

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// Pattern is an event pattern: for members of an event, the values that they may
// have. The zero value matches nothing.
type Pattern struct{ members map[string]any }

// NewPattern checks a pattern as a template has it: mappings down to lists of
// texts, numbers, booleans and nulls. Filters such as prefix and exists are
// errors: the local stack supports equality only.
func NewPattern(members map[string]any) (Pattern, error) {
	// Through JSON, so that numbers compare like those in events.
	document, err := json.Marshal(members)
	if err != nil {
		return Pattern{}, err
	}
	var read map[string]any
	if err := json.Unmarshal(document, &read); err != nil {
		return Pattern{}, err
	}
	if err := checkPattern("", read); err != nil {
		return Pattern{}, err
	}
	return Pattern{read}, nil
}

func checkPattern(path string, members map[string]any) error {
	if len(members) == 0 {
		return fmt.Errorf("the pattern%s is empty", path)
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		here := path + "." + name
		switch want := members[name].(type) {
		case map[string]any:
			if err := checkPattern(here, want); err != nil {
				return err
			}
		case []any:
			if err := checkValues(want); err != nil {
				return fmt.Errorf("the pattern%s: %w", here, err)
			}
		default:
			return fmt.Errorf("the pattern%s is neither a mapping nor a list of values", here)
		}
	}
	return nil
}

func checkValues(values []any) error {
	if len(values) == 0 {
		return errors.New("the list of values is empty")
	}
	for _, value := range values {
		switch value.(type) {
		case map[string]any, []any:
			return fmt.Errorf("the filter %v is not supported by the local stack", value)
		}
	}
	return nil
}

// matches reports whether an event, a JSON object, has every member of the pattern
// with one of its values.
func (p Pattern) matches(document []byte) bool {
	var members map[string]any
	return json.Unmarshal(document, &members) == nil && p.members != nil && matchMembers(p.members, members)
}

func matchMembers(pattern, event map[string]any) bool {
	for name, want := range pattern {
		got, present := event[name]
		if !present {
			return false
		}
		switch want := want.(type) {
		case map[string]any:
			inner, isObject := got.(map[string]any)
			if !isObject || !matchMembers(want, inner) {
				return false
			}
		case []any:
			if !matchValue(want, got) {
				return false
			}
		}
	}
	return true
}

// matchValue compares a value, or each value of a list: one match is enough.
func matchValue(want []any, got any) bool {
	values, isList := got.([]any)
	if !isList {
		values = []any{got}
	}
	return slices.ContainsFunc(values, func(value any) bool {
		return slices.ContainsFunc(want, func(one any) bool { return reflect.DeepEqual(one, value) })
	})
}
