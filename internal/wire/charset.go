package wire

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const byteOrderMark = "\ufeff"

// decodeText turns a body into text: UTF-8, or UTF-16 where the charset parameter declares it. Any other
// charset is read as UTF-8. A byte order mark is taken off. ok is false where bytes do not decode, lone
// surrogates included (contract section 5.5).
func decodeText(body []byte, charset string) (text string, ok bool) {
	order := declaredOrder(charset)
	if order == nil {
		text = strings.TrimPrefix(string(body), byteOrderMark)
		return text, utf8.ValidString(text)
	}
	return decodeUTF16(body, order, declaresUTF16(charset))
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
	if markDecides && len(body) >= 2 && binary.BigEndian.Uint16(body) == 0xFEFF {
		order = binary.BigEndian
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
