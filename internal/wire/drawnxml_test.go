package wire_test

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"accounttasks/internal/task"
)

// xmlBody writes the update as XML: elements in any order, unknown elements and attributes and comments
// among them, duplicates of which the first wins, whatever the later ones hold.
func xmlBody(t *rapid.T, u update) body {
	prefix := oneOf(t, "prefix", "xsi", "i", "xmlSchema")
	var parts []part
	for _, f := range task.BodyFields {
		if !u.sends(t, f) {
			continue
		}
		parts = append(parts, part{xmlField(t, f, u, prefix), f, true})
		if flip(t, "duplicate") {
			parts = append(parts, part{xmlElement(t, f.String(), "", oneOf(t, "bad value", "", "x", "<TaskID/>")), f, false})
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "unknown elements") {
		parts = append(parts, part{xmlUnknown(t), noField, false})
	}
	elements := xmlGap(t) + strings.Join(arrange(t, parts, false), xmlGap(t)) + xmlGap(t)
	root := xmlElement(t, u.request, rootAttributes(t, u.request, prefix), elements)
	return encode(t, oneOf(t, "media type", "application/xml", "text/xml"), func(charset string) string {
		return xmlDeclaration(t, charset) + xmlGap(t) + root + xmlGap(t)
	})
}

// xmlDeclaration may be left out; an encoding that it names is the one that the charset declares.
func xmlDeclaration(t *rapid.T, charset string) string {
	encoding := "utf-8"
	if strings.HasPrefix(charset, "utf-16") {
		encoding = charset
	}
	return oneOf(t, "declaration", "", `<?xml version="1.0"?>`, `<?xml version='1.0' standalone='yes' ?>`,
		`<?xml version="1.0" encoding="`+recased(t, encoding)+`"?>`)
}

func rootAttributes(t *rapid.T, name, prefix string) string {
	return ` xmlns:` + prefix + `="http://www.w3.org/2001/XMLSchema-instance"` +
		oneOf(t, "root attributes", "", ` xmlns:xsd='http://www.w3.org/2001/XMLSchema'`, ` version="2"`,
			` `+prefix+`:type="`+name+`"`, ` `+prefix+":nil=\n'false'")
}

// xmlGap is what may be between elements.
func xmlGap(t *rapid.T) string {
	return oneOf(t, "gap", "", "", "\r\n  ", "<!-- <TaskID>x</TaskID> -->", "\t<!---->")
}

func xmlElement(t *rapid.T, name, attributes, content string) string {
	if content == "" && flip(t, "self-closing") {
		return "<" + name + attributes + oneOf(t, "space", "", " ") + "/>"
	}
	return "<" + name + attributes + oneOf(t, "space", "", "\n") + ">" + content + "</" + name + oneOf(t, "space", "", " ") + ">"
}

// xmlUnknown is an element that readers ignore: of another name, or of a known name where it does not count.
func xmlUnknown(t *rapid.T) string {
	switch rapid.IntRange(0, 3).Draw(t, "unknown") {
	case 0:
		return xmlElement(t, "taskid", "", "x")
	case 1:
		return xmlElement(t, "other:TaskID", ` xmlns:other="urn:other"`, "x")
	case 2:
		return xmlElement(t, "Frequency", ` xmlns="urn:other"`, "x")
	}
	return xmlElement(t, "Other", ` TaskID="x"`, xmlElement(t, "TaskID", "", xmlText(t, texts.Draw(t, "text"))))
}

func xmlField(t *rapid.T, f task.Field, u update, prefix string) string {
	text, null := xmlValue(t, f, u)
	attributes := oneOf(t, "attributes", "", ` unit="x"`, ` xml:lang='de'`)
	switch {
	case null:
		return xmlElement(t, f.String(), attributes+" "+prefix+`:nil="`+oneOf(t, "nil", "true", "1")+`"`, "")
	case f == task.FieldEnabled || f == task.FieldStartDate:
		attributes += oneOf(t, "not nil", "", " "+prefix+`:nil='false'`, " "+prefix+`:nil="0"`)
	}
	return xmlElement(t, f.String(), attributes, xmlText(t, text)+oneOf(t, "comment", "", "", "<!-- x -->"))
}

// xmlValue is the text of a field's element, or tells that the element is nil.
func xmlValue(t *rapid.T, f task.Field, u update) (text string, null bool) {
	slot := u.Slot(f)
	text, _ = task.TextOf(slot.Value)
	switch value := slot.Value.(type) {
	case **bool:
		return xmlFlag(t, *value)
	case *uuid.UUID:
		return drawnGUID(t, *value), false
	case *time.Time:
		return xmlDate(t, *value)
	case task.Enumerated:
		return text, f.Nullable() && value.Number() == 0 && flip(t, "nil")
	}
	return text, false
}

func xmlFlag(t *rapid.T, flag *bool) (text string, null bool) {
	switch {
	case flag == nil:
		return padded(t, ""), true
	case *flag:
		return padded(t, oneOf(t, "true", "true", "1")), false
	}
	return padded(t, oneOf(t, "false", "false", "0")), false
}

func xmlDate(t *rapid.T, when time.Time) (text string, null bool) {
	if when.IsZero() && flip(t, "nothing") {
		return padded(t, ""), flip(t, "nil")
	}
	return drawnDate(t, when), false
}

var xmlEntities = map[rune]string{'<': "&lt;", '>': "&gt;", '&': "&amp;", '"': "&quot;", '\'': "&apos;"}

// xmlText writes text in pieces: as CDATA section where it can be one, else with some characters as
// references, as they may be or must.
func xmlText(t *rapid.T, s string) string {
	if s == "" {
		return ""
	}
	cut := rapid.IntRange(0, len(s)).Draw(t, "cut")
	for cut > 0 && cut < len(s) && s[cut]&0xC0 == 0x80 {
		cut--
	}
	return xmlPiece(t, s[:cut]) + xmlPiece(t, s[cut:])
}

func xmlPiece(t *rapid.T, s string) string {
	if !strings.Contains(s, "]]>") && !strings.Contains(s, "\r") && flip(t, "CDATA") {
		return "<![CDATA[" + s + "]]>"
	}
	escapes := flip(t, "escapes")
	return mapRunes(s, func(r rune) string {
		entity, special := xmlEntities[r]
		must := r == '<' || r == '>' || r == '&' || r == '\r'
		switch {
		case !must && !(escapes && flip(t, "escaped")):
			return string(r)
		case special && flip(t, "entity"):
			return entity
		}
		return fmt.Sprintf(oneOf(t, "reference", "&#%d;", "&#x%x;", "&#x%X;", "&#0%d;"), r)
	})
}

// plainXML writes text as encoding/xml does.
func plainXML(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err)
	}
	return b.String()
}
