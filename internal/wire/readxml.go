package wire

import (
	"encoding/xml"
	"strings"

	"accounttasks/internal/task"
	"accounttasks/internal/wellformed"
)

const (
	requestRoot    = "AccountTaskUpdateRequest"
	schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"
)

// wantXML is what would be right for a body that is none.
const wantXML = "an " + requestRoot + " element"

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
}

// readXML reads one AccountTaskUpdateRequest: exact names in no namespace, elements in any order, unknown
// ones ignored, the first duplicate wins. As in the original there must be no document type definition
// and no processing instruction, and an encoding that the declaration names must be the real one.
func readXML(body source, d *task.UpdateRequest) error {
	content, err := body.text()
	if err != nil {
		return err
	}
	r := xmlReader{binder: binder{xmlDialect, d}}
	err = wellformed.XMLTokens(content, depthLimit, r.token)
	if err == wellformed.ErrDepth {
		return malformed("The body cannot be nested more than %d levels deep: send %s.", depthLimit, wantXML)
	}
	if err != nil {
		return malformed("The body is not well-formed XML (%v): send %s.", err, wantXML)
	}
	if named := declaredEncoding(content); named != "" && !sameEncoding(named, body.charset) {
		return malformed("The body's XML declaration cannot name the encoding %s: send the one that the body is in, or leave it out.", task.Quote(named))
	}
	return r.err
}

func declaredEncoding(content string) string {
	if !strings.HasPrefix(content, "<?xml") {
		return ""
	}
	m := wellformed.Declaration().FindStringSubmatch(content)
	if m == nil {
		return ""
	}
	return strings.ToLower(strings.Trim(m[1], `"'`))
}

// sameEncoding tells whether a declared encoding can be that of a body read by charset.
func sameEncoding(declared, charset string) bool {
	if declaredOrder(charset) == nil {
		return declared == "utf-8"
	}
	return declared == "utf-16" || declared == charsetName(charset) || declared == "utf-16le" && declaresUTF16(charset)
}

// xmlReader reads a document token by token, as far as it is an update.
type xmlReader struct {
	binder binder
	depth  int
	field  xmlField // the root's child that is open
	err    error    // the first thing that is wrong, if anything is
}

// token reads the next token.
func (r *xmlReader) token(token xml.Token) {
	if r.err != nil {
		return
	}
	switch t := token.(type) {
	case xml.StartElement:
		r.depth++
		switch r.depth {
		case 1:
			r.err = checkRoot(t)
		case 2:
			r.field = xmlField{start: t}
		default:
			r.field.hasElements = true
		}
	case xml.EndElement:
		if r.depth == 2 {
			r.bind(&r.field)
		}
		r.depth--
	case xml.Comment:
		r.field.commented = true
	case xml.CharData:
		if r.depth > 1 {
			r.field.add(t)
		}
	case xml.ProcInst:
		if t.Target != "xml" {
			r.err = malformed("The body cannot have a processing instruction: send %s without one.", wantXML)
		}
	}
}

// bind binds a child of the root. Unknown ones and second ones are ignored.
func (r *xmlReader) bind(field *xmlField) {
	f, known := fieldNamed(func(published string) bool {
		return field.start.Name == xml.Name{Local: published}
	})
	if !known || r.binder.draft.Sent(f) {
		return
	}
	v := field.value()
	if takesNil(f) {
		v = nilOr(v, field.start)
	}
	r.binder.bind(f, f.String(), v)
}

// xmlField is a child of the root and what stands in it.
type xmlField struct {
	start       xml.StartElement
	text        strings.Builder
	commented   bool
	hasElements bool
	hasTail     bool // text behind a comment
}

// add adds text, of CDATA sections too. Behind a comment there may be nothing but white space.
func (f *xmlField) add(t xml.CharData) {
	if !f.commented {
		f.text.Write(t)
	} else if strings.TrimSpace(string(t)) != "" {
		f.hasTail = true
	}
}

func (f *xmlField) value() value {
	switch {
	case f.hasElements:
		return value{compound, "an element with elements inside"}
	case f.hasTail:
		return value{compound, "text behind a comment"}
	}
	return orEmpty(f.text.String())
}

func checkRoot(start xml.StartElement) error {
	if (start.Name != xml.Name{Local: requestRoot}) {
		wrong := task.Quote(start.Name.Local)
		if start.Name.Local == requestRoot {
			wrong = "in the namespace " + task.QuoteValue(start.Name.Space)
		}
		return malformed("The body's root element cannot be %s: send %s in no namespace.", wrong, requestRoot)
	}
	if typed, given := instanceAttribute(start, "type"); given && typed != requestRoot {
		return malformed("The body's root element cannot have the xsi:type %s: send %s, or leave it out.", task.Quote(typed), requestRoot)
	}
	if set, _ := isNil(start); set {
		return errEmpty
	}
	return nil
}

// takesNil tells which elements may be nil; in the others the attribute is ignored and the content counts.
func takesNil(f task.Field) bool {
	switch f {
	case task.FieldEnabled, task.FieldStartDate, task.FieldFinishDate, task.FieldNotification:
		return true
	}
	return false
}

func nilOr(v value, start xml.StartElement) value {
	set, ok := isNil(start)
	switch {
	case !ok:
		return value{compound, "marked with an xsi:nil that is neither true nor false"}
	case set:
		return value{kind: absent}
	}
	return v
}

// isNil reads xsi:nil; ok is false where it is no boolean.
func isNil(start xml.StartElement) (set, ok bool) {
	written, given := instanceAttribute(start, "nil")
	if !given {
		return false, true
	}
	return xmlDialect.flag(value{text, written})
}

func instanceAttribute(start xml.StartElement, local string) (value string, given bool) {
	for _, attribute := range start.Attr {
		if (attribute.Name == xml.Name{Space: schemaInstance, Local: local}) {
			return attribute.Value, true
		}
	}
	return "", false
}
