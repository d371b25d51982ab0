package wellformed

import (
	"encoding/xml"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The two namespaces that are bound by definition (Namespaces in XML 1.0, section 3).
const (
	xmlNamespace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsNamespace = "http://www.w3.org/2000/xmlns/"
)

var (
	errDeclaration = errors.New("it has a namespace declaration that is not allowed")
	errPrefix      = errors.New("it uses a prefix that is not declared")
	errDuplicate   = errors.New("it has the same attribute twice")
	errColon       = errors.New("it has a name with a misplaced colon")
)

// declare binds the prefix that an attribute declares, if it is a namespace declaration; that of the default
// namespace is empty.
func (c *xmlCheck) declare(attribute xml.Attr) (prefix string, declares bool, err error) {
	namespace := attribute.Value
	switch {
	case attribute.Name == xml.Name{Local: "xmlns"}:
		if namespace == xmlNamespace || namespace == xmlnsNamespace {
			return "", true, errDeclaration
		}
	case attribute.Name.Space == "xmlns":
		prefix = attribute.Name.Local
		if namespace == "" || namespace == xmlnsNamespace || prefix == "xmlns" ||
			(prefix == "xml") != (namespace == xmlNamespace) {
			return prefix, true, errDeclaration
		}
	default:
		return "", false, nil
	}
	c.scope[prefix] = append(c.scope[prefix], namespace)
	return prefix, true, nil
}

// expandAll checks the element's name and its attributes' against the declarations in force, and expands them.
func (c *xmlCheck) expandAll(t xml.StartElement) (xml.StartElement, error) {
	if t.Name.Space == "xmlns" {
		return t, errPrefix
	}
	name, err := c.expand(t.Name)
	if err != nil {
		return t, err
	}
	if bound := c.scope[""]; name.Space == "" && len(bound) > 0 {
		name.Space = bound[len(bound)-1]
	}
	seen := make(map[xml.Name]bool, 2*len(t.Attr))
	for i, attribute := range t.Attr {
		expanded, err := c.expand(attribute.Name)
		if err != nil {
			return t, err
		}
		if seen[attribute.Name] || expanded != attribute.Name && seen[expanded] {
			return t, errDuplicate
		}
		seen[attribute.Name], seen[expanded] = true, true
		t.Attr[i].Name = expanded
	}
	t.Name = name
	return t, nil
}

// expand replaces a prefix by its namespace. A name without a prefix is given back as it is: attributes have no
// default namespace.
func (c *xmlCheck) expand(name xml.Name) (xml.Name, error) {
	if strings.Contains(name.Local, ":") || name.Space != "" && !beginsName(name.Local) {
		return name, errColon
	}
	switch name.Space {
	case "", "xmlns":
		return name, nil
	case "xml":
		return xml.Name{Space: xmlNamespace, Local: name.Local}, nil
	}
	bound := c.scope[name.Space]
	if len(bound) == 0 {
		return name, errPrefix
	}
	return xml.Name{Space: bound[len(bound)-1], Local: name.Local}, nil
}

// beginsName tells whether what stands behind a prefix could stand alone. encoding/xml looks at the first
// letter of the whole name only.
func beginsName(local string) bool {
	first, _ := utf8.DecodeRuneInString(local)
	return first == '_' || unicode.In(first, unicode.Letter, unicode.Nl)
}

// separated tells whether white space stands between the attributes of a start tag.
func separated(tag string) bool {
	var quote byte
	for i := 0; i < len(tag); i++ {
		switch {
		case quote == 0 && (tag[i] == '"' || tag[i] == '\''):
			quote = tag[i]
		case quote != 0 && tag[i] == quote:
			quote = 0
			if i+1 < len(tag) && !strings.ContainsRune(" \t\r\n/>", rune(tag[i+1])) {
				return false
			}
		}
	}
	return true
}
