package samtemplate

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// block is a mapping of the template together with its place in it, for errors.
type block struct {
	path    string
	members map[string]any
	r       *resolver
}

// child returns the mapping of this name, an empty one where it is absent. Only
// the mapping itself is resolved, not what is in it.
func (b block) child(name string) (block, error) {
	path := b.path + "." + name
	value := b.members[name]
	if members, ok := value.(map[string]any); ok {
		if _, _, isCall := intrinsic(members); isCall {
			var err error
			if value, err = b.r.resolve(value); err != nil {
				return block{}, fmt.Errorf("%s: %w", path, err)
			}
		}
	}
	switch members := value.(type) {
	case nil, noValue:
		return block{path: path, r: b.r}, nil
	case map[string]any:
		return block{path: path, members: members, r: b.r}, nil
	default:
		return block{}, fmt.Errorf("%s is not a mapping", path)
	}
}

// resolved evaluates everything in the block.
func (b block) resolved() (block, error) {
	value, err := b.r.resolve(b.members)
	if err != nil {
		return block{}, fmt.Errorf("%s: %w", b.path, err)
	}
	members, ok := value.(map[string]any)
	if !ok {
		return block{}, fmt.Errorf("%s is not a mapping", b.path)
	}
	return block{path: b.path, members: members, r: b.r}, nil
}

// names returns the members' names in order.
func (b block) names() []string { return slices.Sorted(maps.Keys(b.members)) }

// only refuses every member except the named ones.
func (b block) only(allowed ...string) error {
	for _, name := range b.names() {
		if !slices.Contains(allowed, name) {
			return fmt.Errorf("%s.%s is not supported by the local stack", b.path, name)
		}
	}
	return nil
}

// value returns the resolved member, nil where there is none.
func (b block) value(name string) (any, error) {
	value, err := b.r.resolve(b.members[name])
	if err != nil {
		return nil, fmt.Errorf("%s.%s: %w", b.path, name, err)
	}
	if value == (noValue{}) {
		return nil, nil
	}
	return value, nil
}

// text returns a scalar, "" where there is none.
func (b block) text(name string) (string, error) {
	value, err := b.value(name)
	if err != nil || value == nil {
		return "", err
	}
	text, err := scalarText(value)
	if err != nil {
		return "", fmt.Errorf("%s.%s: %w", b.path, name, err)
	}
	return text, nil
}

// number returns a whole number between the bounds, the fallback where there is
// none.
func (b block) number(name string, least, most, fallback int) (int, error) {
	text, err := b.text(name)
	if err != nil || text == "" {
		return fallback, err
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < least || number > most {
		return 0, fmt.Errorf("%s.%s is %q, not a number from %d to %d", b.path, name, text, least, most)
	}
	return number, nil
}

// list returns the mappings in the list of this name. As with child, what is in
// them is not resolved.
func (b block) list(name string) ([]block, error) {
	members, isList := b.members[name].([]any)
	if !isList {
		return nil, fmt.Errorf("%s.%s is not a list", b.path, name)
	}
	var blocks []block
	for i, member := range members {
		path := fmt.Sprintf("%s.%s.%d", b.path, name, i)
		mapping, isMapping := member.(map[string]any)
		if !isMapping {
			return nil, fmt.Errorf("%s is not a mapping", path)
		}
		blocks = append(blocks, block{path: path, members: mapping, r: b.r})
	}
	return blocks, nil
}

// merged lays the block over the one that holds its defaults, as SAM does with
// Globals: mappings are merged, everything else is replaced.
func merged(defaults, over map[string]any) map[string]any {
	result := maps.Clone(defaults)
	if result == nil {
		result = map[string]any{}
	}
	for name, value := range over {
		low, lowIsMap := result[name].(map[string]any)
		high, highIsMap := value.(map[string]any)
		if lowIsMap && highIsMap {
			value = merged(low, high)
		}
		result[name] = value
	}
	return result
}
