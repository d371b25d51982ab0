package document

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// node is a part of the document. The zero node is a part that the document does not have.
type node struct {
	root  *yaml.Node
	value *yaml.Node
	// beside is the mapping that refers to value. Its members, such as a description, precede those of value.
	beside *yaml.Node
	// name is the last part of the reference, such as the name of a schema.
	name string
}

// member is a member of a mapping.
type member struct {
	name  string
	value node
}

// resolve follows the reference that value may be.
func resolve(root, value *yaml.Node) node {
	reference := lookUp(value, "$ref")
	if reference == nil {
		return node{root: root, value: value}
	}
	names := strings.Split(strings.TrimPrefix(reference.Value, "#/"), "/")
	target := root
	for _, name := range names {
		target = lookUp(target, name)
	}
	return node{root: root, value: target, beside: value, name: names[len(names)-1]}
}

// lookUp is a member of a mapping, or nil.
func lookUp(mapping *yaml.Node, name string) *yaml.Node {
	if mapping == nil || mapping.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == name {
			return mapping.Content[i+1]
		}
	}
	return nil
}

// at is the part that these names lead to, through references.
func (n node) at(names ...string) node {
	for _, name := range names {
		value := lookUp(n.beside, name)
		if value == nil {
			value = lookUp(n.value, name)
		}
		if value == nil {
			return node{}
		}
		n = resolve(n.root, value)
	}
	return n
}

func (n node) exists() bool { return n.value != nil }

// text is the value of a scalar.
func (n node) text() string {
	if n.value == nil {
		return ""
	}
	return n.value.Value
}

// members are those of a mapping, in their order.
func (n node) members() []member {
	if n.value == nil || n.value.Kind != yaml.MappingNode {
		return nil
	}
	var members []member
	for i := 0; i < len(n.value.Content); i += 2 {
		members = append(members, member{n.value.Content[i].Value, resolve(n.root, n.value.Content[i+1])})
	}
	return members
}

// items are those of a list.
func (n node) items() []node {
	if n.value == nil || n.value.Kind != yaml.SequenceNode {
		return nil
	}
	var items []node
	for _, item := range n.value.Content {
		items = append(items, resolve(n.root, item))
	}
	return items
}

// texts are the scalars of a list, or the one scalar.
func (n node) texts() []string {
	if n.value != nil && n.value.Kind == yaml.ScalarNode {
		return []string{n.value.Value}
	}
	var texts []string
	for _, item := range n.items() {
		texts = append(texts, item.text())
	}
	return texts
}
