package wellformed

import "errors"

// The two namespaces that are bound by definition (Namespaces in XML 1.0, section 3).
const (
	xmlNamespace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsNamespace = "http://www.w3.org/2000/xmlns/"
)

var (
	errDeclaration = errors.New("it has a namespace declaration that is not allowed")
	errPrefix      = errors.New("it uses a prefix that is not declared")
	errDuplicate   = errors.New("it has the same attribute twice")
)

// namespace is a namespace with a number, which is the same for equal namespaces. Names are compared by the
// number: a document names a namespace once and can use it a hundred thousand times.
type namespace struct {
	number int
	uri    string
}

// The numbers of namespaces that the document does not declare.
const (
	noNamespace = -iota
	ofDeclarations
	ofXML
)

// scope holds the namespaces in force.
type scope struct {
	bound    map[string][]namespace // by prefix, the one in force last; "" is the default namespace
	declared []string               // the prefixes declared by the open elements, in their order
	numbers  map[string]int         // by URI
}

// declare binds a prefix, or the default namespace where it is empty.
func (c *scope) declare(prefix, uri string) {
	if c.bound == nil {
		c.bound, c.numbers = make(map[string][]namespace), make(map[string]int)
	}
	number := noNamespace
	if uri != "" {
		var known bool
		if number, known = c.numbers[uri]; !known {
			number = len(c.numbers) + 1
			c.numbers[uri] = number
		}
	}
	c.bound[prefix] = append(c.bound[prefix], namespace{number, uri})
	c.declared = append(c.declared, prefix)
}

// leave ends all declarations but the first ones.
func (c *scope) leave(declared int) {
	for _, prefix := range c.declared[declared:] {
		bound := c.bound[prefix]
		c.bound[prefix] = bound[:len(bound)-1]
	}
	c.declared = c.declared[:declared]
}

// of returns the namespace in force for a prefix.
func (c *scope) of(prefix string) (namespace, error) {
	switch prefix {
	case "xmlns":
		return namespace{ofDeclarations, prefix}, nil
	case "xml":
		return namespace{ofXML, xmlNamespace}, nil
	}
	bound := c.bound[prefix]
	if len(bound) > 0 {
		return bound[len(bound)-1], nil
	}
	if prefix == "" {
		return namespace{}, nil
	}
	return namespace{}, errPrefix
}

// expand binds what the tag in hand declares, and expands its name and its attributes.
func (s *xmlScanner) expand(name qualified) (Name, error) {
	for _, attribute := range s.attributes {
		if err := s.declare(attribute); err != nil {
			return Name{}, err
		}
	}
	if name.prefix == "xmlns" {
		return Name{}, errPrefix
	}
	space, err := s.scope.of(name.prefix)
	if err != nil {
		return Name{}, err
	}
	return Name{space.uri, name.local}, s.expandAttributes()
}

// declare binds the prefix that an attribute declares, if it is a namespace declaration.
func (s *xmlScanner) declare(a Attribute) error {
	prefix, uri := "", a.Value
	switch {
	case a.Name == Name{Local: "xmlns"}:
		if uri == xmlNamespace || uri == xmlnsNamespace {
			return errDeclaration
		}
	case a.Name.Space == "xmlns":
		prefix = a.Name.Local
		if uri == "" || uri == xmlnsNamespace || prefix == "xmlns" || (prefix == "xml") != (uri == xmlNamespace) {
			return errDeclaration
		}
	default:
		return nil
	}
	s.scope.declare(prefix, uri)
	return nil
}

// expandAttributes expands the names of the attributes, of which no two may be equal. Attributes without a
// prefix are in no namespace.
func (s *xmlScanner) expandAttributes() error {
	unique := newNameSet(len(s.attributes))
	for i := range s.attributes {
		name := &s.attributes[i].Name
		space := namespace{}
		if name.Space != "" {
			var err error
			if space, err = s.scope.of(name.Space); err != nil {
				return err
			}
		}
		if !unique.add(numberedName{space.number, name.Local}) {
			return errDuplicate
		}
		name.Space = space.uri
	}
	return nil
}

// numberedName is an expanded name by the number of its namespace.
type numberedName struct {
	namespace int
	local     string
}

// nameSet holds different names: few in an array, many in a map.
type nameSet struct {
	few   [8]numberedName
	count int
	many  map[numberedName]struct{}
}

func newNameSet(size int) (n nameSet) {
	if size > len(n.few) {
		n.many = make(map[numberedName]struct{}, size)
	}
	return n
}

// add adds a name; false means that it is in the set already.
func (n *nameSet) add(name numberedName) bool {
	if n.many != nil {
		before := len(n.many)
		n.many[name] = struct{}{}
		return len(n.many) > before
	}
	for _, other := range n.few[:n.count] {
		if other == name {
			return false
		}
	}
	n.few[n.count] = name
	n.count++
	return true
}
