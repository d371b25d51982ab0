package wire_test

import (
	"encoding/binary"
	"testing"
	"unicode/utf16"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// in16 writes text in UTF-16.
func in16(order binary.AppendByteOrder, text string) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}

func le(text string) string { return in16(binary.LittleEndian, text) }

func be(text string) string { return in16(binary.BigEndian, text) }

const mark = "\ufeff"

func TestBodiesInTheirDeclaredCharset(t *testing.T) {
	json := `{"Parameters":"é😀"}`
	xml := `<AccountTaskUpdateRequest><Parameters>é😀</Parameters></AccountTaskUpdateRequest>`
	declared := func(encoding string) string { return `<?xml version="1.0" encoding="` + encoding + `"?>` + xml }
	for _, test := range []struct {
		name, contentType, body string
		unreadable              bool
	}{
		{"UTF-8", "application/json", json, false},
		{"UTF-8 with its mark", "application/json", mark + json, false},
		{"UTF-8 declared", "application/json; charset=UTF-8", json, false},
		{"unknown charset", "application/json; charset=iso-8859-1", json, false},
		{"misspelled charset", "application/json; charset=utf16", json, false},
		{"empty quoted charset", `application/json; charset=""`, json, false},
		{"charset without value", "application/json; charset", json, false},
		{"two marks", "application/json", mark + mark + json, true},
		{"UTF-16 little endian", "application/json; charset=utf-16", le(json), false},
		{"UTF-16 little endian with its mark", "application/json; charset=utf-16", le(mark + json), false},
		{"UTF-16 big endian with its mark", "application/json; charset=utf-16", be(mark + json), false},
		{"UTF-16LE", "application/json; charset=utf-16le", le(json), false},
		{"UTF-16LE with its mark", "application/json; charset=utf-16LE", le(mark + json), false},
		{"UTF-16BE", "application/json; charset=utf-16be", be(json), false},
		{"UTF-16BE with its mark", "application/json; charset=UTF-16BE", be(mark + json), false},
		{"quoted charset", `application/json; charset="utf-16"`, le(json), false},
		{"charset in another case", "application/json; Charset=UTF-16", le(json), false},
		{"the first charset counts", "application/json; charset=utf-16; charset=utf-8", le(json), false},
		{"UTF-16 big endian without its mark", "application/json; charset=utf-16", be(json), true},
		{"UTF-16LE that is big endian", "application/json; charset=utf-16le", be(mark + json), true},
		{"UTF-16 with its mark that is not declared", "application/json", le(mark + json), false},
		{"UTF-16 big endian with its mark that is not declared", "text/json", be(mark + json), false},
		{"UTF-16 with its mark that is declared as UTF-8", "application/json; charset=utf-8", le(mark + json), false},
		{"UTF-16 without its mark that is not declared", "application/json", le(json), true},
		{"UTF-8 declared as UTF-16", "application/json; charset=utf-16", json + " ", true},
		{"UTF-8 with its mark declared as UTF-16", "application/json; charset=utf-16", mark + json, true},
		{"half a unit", "application/json; charset=utf-16", le(json) + " ", true},
		{"lone surrogate at the end", "application/json; charset=utf-16", le(json) + "\x3d\xd8", true},
		{"lone first surrogate", "application/json; charset=utf-16", le(`{"a":"`) + "\x3d\xd8" + le(`"}`), true},
		{"lone second surrogate", "application/json; charset=utf-16", le(`{"a":"`) + "\x00\xde" + le(`"}`), true},
		{"surrogates the wrong way round", "application/json; charset=utf-16", le(`{"a":"`) + "\x00\xde\x3d\xd8" + le(`"}`), true},
		{"bytes that are not UTF-8", "application/json", "{\"Parameters\":\"\xe9\"}", true},
		{"a surrogate in UTF-8", "application/json", "{\"Parameters\":\"\xed\xa0\x80\"}", true},

		{"XML with its mark", "text/xml", mark + declared("utf-8"), false},
		{"XML that names UTF-8", "application/xml", declared("UTF-8"), false},
		{"XML in UTF-16", "application/xml; charset=utf-16", le(xml), false},
		{"XML in UTF-16 that names it", "application/xml; charset=utf-16", le(mark + declared("UTF-16")), false},
		{"XML in UTF-16 that names the order", "application/xml; charset=utf-16", le(declared("utf-16le")), false},
		{"XML in UTF-16BE that names UTF-16", "application/xml; charset=utf-16be", be(declared("utf-16")), false},
		{"XML in UTF-16BE that names it", "application/xml; charset=utf-16be", be(declared("utf-16BE")), false},
		{"XML in UTF-8 that names UTF-16", "application/xml", declared("utf-16"), true},
		{"XML in UTF-8 that names Latin-1", "application/xml", declared("iso-8859-1"), true},
		{"XML in UTF-8 that names ASCII", "application/xml", declared("us-ascii"), true},
		{"XML in UTF-16 that names UTF-8", "application/xml; charset=utf-16", le(declared("utf-8")), true},
		{"XML in UTF-16 with its mark that names it", "application/xml", le(mark + declared("utf-16")), false},
		{"XML in UTF-16 with its mark", "application/xml", be(mark + xml), false},
		{"XML in UTF-16 with its mark that names UTF-8", "application/xml", le(mark + declared("utf-8")), true},
		{"XML in UTF-16LE that names the other order", "application/xml; charset=utf-16le", le(declared("utf-16be")), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.unreadable {
				malformed(t, test.contentType, test.body, "")
			} else if got := shown(read(t, test.contentType, test.body), task.FieldParameters); got != "é😀" {
				t.Errorf("got Parameters %q, want %q", got, "é😀")
			}
		})
	}
}

func TestBodyThatTheGatewayDecodedIsUTF8(t *testing.T) {
	d, err := wire.ReadUpdate(wire.Body{Bytes: []byte(`{"Parameters":"é😀"}`), ContentType: "application/json; charset=utf-16", Decoded: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(d, task.FieldParameters); got != "é😀" {
		t.Errorf("got Parameters %q, want %q", got, "é😀")
	}
}

func TestWhiteSpaceInUTF16IsNoBody(t *testing.T) {
	malformed(t, "application/json; charset=utf-16", le(mark+" \r\n"), "The body is required")
}
