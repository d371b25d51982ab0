package wire

import (
	"strings"

	"accounttasks/internal/task"
	"accounttasks/internal/wellformed"
)

const schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"

// xmlDialect: enumerations by exact name only, booleans as XML Schema writes them.
var xmlDialect = dialect{
	member: func(v value, members task.Enum) (int, bool) {
		if v.kind != text {
			return 0, false
		}
		return members.Number(v.text)
	},
	flag: func(v value) (on, ok bool) {
		switch strings.TrimSpace(v.text) {
		case "true", "1":
			return true, v.kind == text
		case "false", "0":
			return false, v.kind == text
		}
		return false, false
	},
	emptyFlag: false,
}

// readXML reads one element with the name of the request: exact names in no namespace, elements in any order, unknown
// ones ignored, the first duplicate wins. As in the original there must be no document type definition
// and no processing instruction, and an encoding that the declaration names must be the real one.
func readXML(body source, request request) error {
	content, charset, err := body.text()
	if err != nil {
		return err
	}
	r := xmlReader{binder: binder{xmlDialect, request}}
	err = wellformed.WalkXML(content, depthLimit, &r)
	if err == wellformed.ErrDepth {
		return malformed("The body cannot be nested more than %d levels deep: send %s.", depthLimit, r.want())
	}
	if err != nil {
		return malformed("The body is not well-formed XML (%v): send %s.", err, r.want())
	}
	if r.encoding != "" && !sameEncoding(strings.ToLower(r.encoding), charset) {
		return malformed("The body's XML declaration cannot name the encoding %s: send the one that the body is in, or leave it out.", task.Quote(strings.ToLower(r.encoding)))
	}
	return r.err
}

// sameEncoding reports whether a declared encoding is compatible with the charset that was used.
func sameEncoding(declared, charset string) bool {
	if declaredOrder(charset) == nil {
		return declared == "utf-8"
	}
	return declared == "utf-16" || declared == charsetName(charset) || declared == "utf-16le" && declaresUTF16(charset)
}

// xmlReader binds the root's children while the document is scanned. It implements wellformed.Visitor.
type xmlReader struct {
	binder   binder
	encoding string
	depth    int
	field    xmlField // the root's child that is open
	err      error    // the first thing that is wrong, if anything is
}

// want describes the element that a body must be.
func (r *xmlReader) want() string { return r.binder.article() + " element" }

// Declaration notes the encoding that the XML declaration names.
func (r *xmlReader) Declaration(encoding string) { r.encoding = encoding }

// Start checks the root and begins a child of it.
func (r *xmlReader) Start(name wellformed.Name, attributes []wellformed.Attribute) {
	r.depth++
	switch {
	case r.err != nil:
	case r.depth == 1:
		r.err = r.checkRoot(name, attributes)
	case r.depth == 2:
		r.field = r.child(name, attributes)
	default:
		r.field.hasElements = true
	}
}

// End binds a child of the root.
func (r *xmlReader) End() {
	if r.depth == 2 && r.field.counts && r.err == nil {
		r.binder.bind(r.field.slot, r.field.slot.Field.String(), r.field.value())
	}
	r.depth--
}

// Text adds text to a child of the root.
func (r *xmlReader) Text(text string) {
	if r.depth > 1 && r.field.counts {
		r.field.add(text)
	}
}

// Comment ends the text of a child of the root.
func (r *xmlReader) Comment() { r.field.commented = true }

// Instruction rejects a processing instruction.
func (r *xmlReader) Instruction() {
	if r.err == nil {
		r.err = malformed("The body cannot have a processing instruction: send %s without one.", r.want())
	}
}

// child begins a child of the root. Unknown and repeated ones are ignored.
func (r *xmlReader) child(name wellformed.Name, attributes []wellformed.Attribute) xmlField {
	slot, known := r.binder.slot(func(published string) bool {
		return name == wellformed.Name{Local: published}
	})
	child := xmlField{slot: slot, counts: known && !r.binder.reading.Sent(slot.Field)}
	// For fields that are not nullable the attribute is ignored, and the content counts.
	if child.counts && slot.Field.Nullable() {
		set, ok := isNil(attributes)
		child.isNil, child.badNil = set, !ok
	}
	return child
}

// xmlField is a child of the root with its content.
type xmlField struct {
	slot          task.Slot
	counts        bool
	isNil, badNil bool
	text          strings.Builder
	commented     bool
	hasElements   bool
	hasTail       bool // text after a comment
}

// add adds text, of CDATA sections too. Only white space may follow a comment.
func (f *xmlField) add(text string) {
	if !f.commented {
		f.text.WriteString(text)
	} else if strings.TrimSpace(text) != "" {
		f.hasTail = true
	}
}

func (f *xmlField) value() value {
	switch {
	case f.badNil:
		return value{compound, "an element with an xsi:nil other than true or false"}
	case f.isNil:
		return value{kind: absent}
	case f.hasElements:
		return value{compound, "an element with elements inside"}
	case f.hasTail:
		return value{compound, "text after a comment"}
	}
	return orEmpty(f.text.String())
}

func (r *xmlReader) checkRoot(name wellformed.Name, attributes []wellformed.Attribute) error {
	requestRoot := r.binder.name
	if (name != wellformed.Name{Local: requestRoot}) {
		wrong := task.Quote(name.Local)
		if name.Local == requestRoot {
			wrong = "in the namespace " + task.QuoteValue(name.Space)
		}
		return malformed("The body's root element cannot be %s: send %s in no namespace.", wrong, requestRoot)
	}
	if typed, given := instanceAttribute(attributes, "type"); given && typed != requestRoot {
		return malformed("The body's root element cannot have the xsi:type %s: send %s, or leave it out.", task.Quote(typed), requestRoot)
	}
	if set, _ := isNil(attributes); set {
		return r.binder.required()
	}
	return nil
}

// isNil reads xsi:nil; ok is false if it is not a boolean.
func isNil(attributes []wellformed.Attribute) (set, ok bool) {
	written, given := instanceAttribute(attributes, "nil")
	if !given {
		return false, true
	}
	return xmlDialect.flag(value{text, written})
}

func instanceAttribute(attributes []wellformed.Attribute, local string) (value string, given bool) {
	for _, attribute := range attributes {
		if (attribute.Name == wellformed.Name{Space: schemaInstance, Local: local}) {
			return attribute.Value, true
		}
	}
	return "", false
}
