package document

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Document is what the page shows of the OpenAPI document. Descriptions are Markdown.
type Document struct {
	Title, Version, Summary, Description string
	Groups                               []Group
	Shapes                               []Shape
}

// Group is the operations with one tag.
type Group struct {
	Name, Description string
	Operations        []Operation
}

// Parse reads an OpenAPI document in YAML. It fails if the text is not YAML.
func Parse(text []byte) (Document, error) {
	var file yaml.Node
	if err := yaml.Unmarshal(text, &file); err != nil {
		return Document{}, fmt.Errorf("the OpenAPI document: %w", err)
	}
	if len(file.Content) != 1 {
		return Document{}, fmt.Errorf("the OpenAPI document is empty")
	}
	root := node{root: file.Content[0], value: file.Content[0]}
	info := root.at("info")
	return Document{
		Title: info.at("title").text(), Version: info.at("version").text(),
		Summary: info.at("summary").text(), Description: info.at("description").text(),
		Groups: groups(root), Shapes: shapes(root),
	}, nil
}

// groups are in the order of the document's tags; the operations of each are in the order of the paths.
func groups(root node) []Group {
	var groups []Group
	for _, tag := range root.at("tags").items() {
		group := Group{Name: tag.at("name").text(), Description: tag.at("description").text()}
		for _, o := range operations(root) {
			if o.Tag == group.Name {
				group.Operations = append(group.Operations, o)
			}
		}
		groups = append(groups, group)
	}
	return groups
}
