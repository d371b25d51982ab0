// Package openapitest holds answers and documents against the OpenAPI document and the XML schema of the
// service. It is for tests only.
package openapitest

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"

	"accounttasks/internal/openapi"
)

// Node is a part of the OpenAPI document: a map, a list or a scalar.
type Node struct {
	t     testing.TB
	root  any
	path  string
	Value any
}

// parse parses the document once for all tests of a package. Parsing takes a tenth of a second with the race detector,
// and a check of one answer needs the document several times.
var parse = sync.OnceValues(func() (root any, err error) {
	err = yaml.Unmarshal(openapi.Document, &root)
	return root, err
})

// Root is the whole document. All tests share it: do not change its values.
func Root(t testing.TB) Node {
	t.Helper()
	root, err := parse()
	if err != nil {
		t.Fatalf("the document is not YAML: %v", err)
	}
	return Node{t: t, root: root, Value: root}
}

// At is the part that these names lead to, through references. There must be one.
func (n Node) At(names ...string) Node {
	n.t.Helper()
	for _, name := range names {
		value, found := n.Members()[name]
		if !found {
			n.t.Fatalf("the document has no %s/%s", n.path, name)
		}
		n = value
	}
	return n
}

// Members are the parts of a map by their names.
func (n Node) Members() map[string]Node {
	n.t.Helper()
	listed, ok := n.Value.(map[string]any)
	if !ok {
		n.t.Fatalf("%s is not a map in the document", n.path)
	}
	members := make(map[string]Node, len(listed))
	for name, value := range listed {
		members[name] = n.resolved(n.path+"/"+name, value)
	}
	return members
}

// Names are the names of a map's members.
func (n Node) Names() []string {
	n.t.Helper()
	var names []string
	for name := range n.Members() {
		names = append(names, name)
	}
	return names
}

// Items are the parts of a list.
func (n Node) Items() []Node {
	n.t.Helper()
	listed, ok := n.Value.([]any)
	if !ok {
		n.t.Fatalf("%s is not a list in the document", n.path)
	}
	items := make([]Node, len(listed))
	for i, value := range listed {
		items[i] = n.resolved(fmt.Sprintf("%s/%d", n.path, i), value)
	}
	return items
}

// Texts are the values of a list of strings.
func (n Node) Texts() []string {
	n.t.Helper()
	var texts []string
	for _, item := range n.Items() {
		texts = append(texts, item.Text())
	}
	return texts
}

// Text is the value of a string.
func (n Node) Text() string {
	n.t.Helper()
	text, ok := n.Value.(string)
	if !ok {
		n.t.Fatalf("%s is not text in the document: %v", n.path, n.Value)
	}
	return text
}

// resolved follows a reference to another part of the document.
func (n Node) resolved(path string, value any) Node {
	n.t.Helper()
	part := Node{t: n.t, root: n.root, path: path, Value: value}
	if object, ok := value.(map[string]any); ok {
		if reference, ok := object["$ref"].(string); ok {
			whole := Node{t: n.t, root: n.root, Value: n.root}
			return whole.At(strings.Split(strings.TrimPrefix(reference, "#/"), "/")...)
		}
	}
	return part
}
