package wire

import (
	"encoding/xml"
	"io"
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
	member: func(v value, members task.Members) (int, bool) {
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
func readXML(body source, d *task.Draft) error {
	content, err := body.text()
	if err != nil {
		return err
	}
	err = wellformed.XMLWithin(content, depthLimit)
	if err == wellformed.ErrDepth {
		return malformed("The body cannot be nested more than %d levels deep: send %s.", depthLimit, wantXML)
	}
	if err != nil {
		return malformed("The body is not well-formed XML (%v): send %s.", err, wantXML)
	}
	if named := declaredEncoding(content); named != "" && !sameEncoding(named, body.charset) {
		return malformed("The body's XML declaration cannot name the encoding %s: send the one that the body is in, or leave it out.", task.Quote(named))
	}
	r := xmlReader{decoder: wellformed.NewXMLDecoder(content), binder: binder{xmlDialect, d}}
	return r.document()
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

// xmlReader walks a document that is known to be well formed.
type xmlReader struct {
	decoder *xml.Decoder
	binder  binder
	depth   int
}

// next gives the next token. A processing instruction is none that the original takes.
func (r *xmlReader) next() (xml.Token, error) {
	token, err := r.decoder.Token()
	if err != nil {
		return nil, err
	}
	switch t := token.(type) {
	case xml.StartElement:
		r.depth++
	case xml.EndElement:
		r.depth--
	case xml.ProcInst:
		if t.Target != "xml" {
			return nil, malformed("The body cannot have a processing instruction: send %s without one.", wantXML)
		}
	}
	return token, nil
}

func (r *xmlReader) document() error {
	for {
		token, err := r.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok {
			if err := r.element(start); err != nil {
				return err
			}
		}
	}
}

// element reads the root or one of its children.
func (r *xmlReader) element(start xml.StartElement) error {
	if r.depth == 1 {
		return checkRoot(start)
	}
	f, known := fieldNamed(func(published string) bool {
		return start.Name == xml.Name{Local: published}
	})
	if !known || r.binder.draft.Sent(f) {
		_, err := r.content()
		return err
	}
	v, err := r.content()
	if err != nil {
		return err
	}
	if takesNil(f) {
		v = nilOr(v, start)
	}
	r.binder.bind(f, f.String(), v)
	return nil
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

// content reads an element to its end. Text, CDATA sections and references join; a comment may only stand
// behind them, with nothing but white space after it, and a child makes the content more than text.
func (r *xmlReader) content() (value, error) {
	var b strings.Builder
	v, commented := value{kind: text}, false
	for outside := r.depth - 1; r.depth > outside; {
		token, err := r.next()
		if err != nil {
			return v, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			v = value{compound, "an element with elements inside"}
		case xml.Comment:
			commented = true
		case xml.CharData:
			switch {
			case !commented:
				b.Write(t)
			case v.kind == text && strings.TrimSpace(string(t)) != "":
				v = value{compound, "text behind a comment"}
			}
		}
	}
	if v.kind == text {
		v = orEmpty(b.String())
	}
	return v, nil
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
