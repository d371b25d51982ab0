package samtemplate

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parse turns the document into plain maps, lists and scalars. Intrinsic
// functions in their short form become what their long form is, so that the rest
// of the package sees one form only.
func parse(data []byte) (map[string]any, error) {
	var root, second yaml.Node
	documents := yaml.NewDecoder(bytes.NewReader(data))
	if err := documents.Decode(&root); err == io.EOF {
		return nil, errors.New("the document is empty")
	} else if err != nil {
		return nil, err
	}
	if err := documents.Decode(&second); err != io.EOF {
		return nil, errors.Join(errors.New("there is text after the first document"), err)
	}
	value, err := plain(root.Content[0])
	if err != nil {
		return nil, err
	}
	document, ok := value.(map[string]any)
	if !ok {
		return nil, errors.New("the document is not a mapping")
	}
	return document, nil
}

func plain(node *yaml.Node) (any, error) {
	value, err := untagged(node)
	if err != nil || !isIntrinsicTag(node.Tag) {
		return value, err
	}
	return longForm(node.Tag[1:], value), nil
}

func isIntrinsicTag(tag string) bool {
	return strings.HasPrefix(tag, "!") && !strings.HasPrefix(tag, "!!")
}

// longForm returns the long form of a short intrinsic function.
func longForm(name string, value any) map[string]any {
	switch name {
	case "Ref", "Condition":
		return map[string]any{name: value}
	case "GetAtt":
		if text, ok := value.(string); ok {
			resource, attribute, _ := strings.Cut(text, ".")
			value = []any{resource, attribute}
		}
	}
	return map[string]any{"Fn::" + name: value}
}

func untagged(node *yaml.Node) (any, error) {
	switch node.Kind {
	case yaml.MappingNode:
		return mapping(node)
	case yaml.SequenceNode:
		list := make([]any, 0, len(node.Content))
		for _, member := range node.Content {
			value, err := plain(member)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		return list, nil
	case yaml.ScalarNode:
		return scalar(node)
	default:
		return nil, fmt.Errorf("line %d: aliases are not supported", node.Line)
	}
}

// mapping refuses duplicate keys, of which one would silently be ignored.
func mapping(node *yaml.Node) (map[string]any, error) {
	members := make(map[string]any, len(node.Content)/2)
	for i := 0; i < len(node.Content); i += 2 {
		key := node.Content[i]
		if _, duplicate := members[key.Value]; duplicate || key.Kind != yaml.ScalarNode {
			return nil, fmt.Errorf("line %d: key %q is there twice or is not a text", key.Line, key.Value)
		}
		value, err := plain(node.Content[i+1])
		if err != nil {
			return nil, err
		}
		members[key.Value] = value
	}
	return members, nil
}

// scalar keeps dates as text: the version of a template is one.
func scalar(node *yaml.Node) (any, error) {
	switch node.Tag {
	case "!!int", "!!bool", "!!float", "!!null":
		var value any
		err := node.Decode(&value)
		return value, err
	default:
		return node.Value, nil
	}
}
