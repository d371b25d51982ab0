package document

import (
	"encoding/json"
	"net/url"
	"strings"

	"go.yaml.in/yaml/v3"
)

// exampleText writes an example's value as a body of the media type.
func exampleText(mediaType string, value node) string {
	switch {
	case value.value == nil:
		return ""
	case mediaType == "application/x-www-form-urlencoded":
		return formText(value)
	case value.value.Kind == yaml.ScalarNode && mediaType != "application/json":
		return value.text()
	}
	var text strings.Builder
	writeJSON(&text, value.value, "\n")
	return text.String()
}

// formText writes the members of a mapping as a form.
func formText(value node) string {
	var fields []string
	for _, field := range value.members() {
		fields = append(fields, url.QueryEscape(field.name)+"="+url.QueryEscape(field.value.text()))
	}
	return strings.Join(fields, "&")
}

// writeJSON writes a value with the members in their order. newLine is a line break and the indentation after it.
func writeJSON(text *strings.Builder, value *yaml.Node, newLine string) {
	switch value.Kind {
	case yaml.MappingNode:
		writeList(text, "{", "}", len(value.Content)/2, newLine, func(i int, inner string) {
			text.WriteString(quoted(value.Content[2*i].Value) + ": ")
			writeJSON(text, value.Content[2*i+1], inner)
		})
	case yaml.SequenceNode:
		writeList(text, "[", "]", len(value.Content), newLine, func(i int, inner string) {
			writeJSON(text, value.Content[i], inner)
		})
	case yaml.AliasNode:
		writeJSON(text, value.Alias, newLine)
	default:
		if value.Tag == "!!str" || value.Tag == "!!timestamp" {
			text.WriteString(quoted(value.Value))
		} else {
			text.WriteString(value.Value) // null, a boolean or a number
		}
	}
}

func writeList(text *strings.Builder, open, end string, count int, newLine string, write func(i int, inner string)) {
	text.WriteString(open)
	for i := range count {
		if i > 0 {
			text.WriteString(",")
		}
		text.WriteString(newLine + "  ")
		write(i, newLine+"  ")
	}
	if count > 0 {
		text.WriteString(newLine)
	}
	text.WriteString(end)
}

func quoted(text string) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		panic("document: " + err.Error()) // any string can be encoded
	}
	return strings.TrimSuffix(out.String(), "\n")
}
