package wellformed

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"
)

var errSurrogate = errors.New("it has a reference to half of a surrogate pair")

// references checks the character references in the text of a tag or of character data, which encoding/xml
// has read. Only those to surrogates need it: they become U+FFFD there.
func references(raw string) error {
	if strings.HasPrefix(raw, "<![CDATA[") {
		return nil
	}
	for {
		_, rest, found := strings.Cut(raw, "&#")
		if !found {
			return nil
		}
		digits, after, _ := strings.Cut(rest, ";")
		base := 10
		if hexadecimal, ok := strings.CutPrefix(digits, "x"); ok {
			digits, base = hexadecimal, 16
		}
		if n, err := strconv.ParseUint(digits, base, 32); err == nil && utf16.IsSurrogate(rune(n)) {
			return errSurrogate
		}
		raw = after
	}
}
