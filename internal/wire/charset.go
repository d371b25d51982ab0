package wire

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const byteOrderMark = "\ufeff"

// decodeText turns a body into text: UTF-16 where the charset parameter declares it or the body begins with its
// byte order mark, else UTF-8, whatever else is declared. A byte order mark is removed. ok is false where bytes
// do not decode, lone surrogates included (contract section 5, 5 and 24). encoding is the charset that was used.
func decodeText(body []byte, charset string) (text, encoding string, ok bool) {
	order := declaredOrder(charset)
	if order == nil {
		if order = markedOrder(body); order == nil {
			text = strings.TrimPrefix(string(body), byteOrderMark)
			return text, charset, utf8.ValidString(text)
		}
		charset = "utf-16"
	}
	text, ok = decodeUTF16(body, order, declaresUTF16(charset))
	return text, charset, ok
}

// markedOrder is the byte order of a body that begins with the byte order mark of UTF-16, or nil.
func markedOrder(body []byte) binary.ByteOrder {
	switch {
	case len(body) < 2:
		return nil
	case binary.BigEndian.Uint16(body) == 0xFEFF:
		return binary.BigEndian
	case binary.LittleEndian.Uint16(body) == 0xFEFF:
		return binary.LittleEndian
	}
	return nil
}

func charsetName(charset string) string { return strings.ToLower(strings.Trim(charset, `"`)) }

func declaresUTF16(charset string) bool { return charsetName(charset) == "utf-16" }

// declaredOrder is the byte order of a UTF-16 charset, or nil for every other one. Plain utf-16 is little
// endian, as on Windows, unless the body's byte order mark says otherwise.
func declaredOrder(charset string) binary.ByteOrder {
	switch charsetName(charset) {
	case "utf-16", "utf-16le":
		return binary.LittleEndian
	case "utf-16be":
		return binary.BigEndian
	}
	return nil
}

func decodeUTF16(body []byte, order binary.ByteOrder, markDecides bool) (text string, ok bool) {
	if len(body)%2 != 0 {
		return "", false
	}
	if marked := markedOrder(body); markDecides && marked != nil {
		order = marked
	}
	var b strings.Builder
	b.Grow(len(body))
	for i := 0; i < len(body); i += 2 {
		r := rune(order.Uint16(body[i:]))
		if utf16.IsSurrogate(r) {
			if i += 2; i == len(body) {
				return "", false
			}
			if r = utf16.DecodeRune(r, rune(order.Uint16(body[i:]))); r == utf8.RuneError {
				return "", false
			}
		}
		b.WriteRune(r)
	}
	return strings.TrimPrefix(b.String(), byteOrderMark), true
}
