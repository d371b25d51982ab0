package wellformed

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

var errSurrogate = errors.New("it has a reference to half of a surrogate pair")

// reference is a character reference (production 66 of XML 1.0).
var reference = regexp.MustCompile(`&#(?:([0-9]+)|x([0-9A-Fa-f]+));`)

// references checks the character references in the text of a tag or of character data. Only those to
// surrogates need it: encoding/xml reads them as U+FFFD, and checks the others.
func references(raw string) error {
	if !strings.Contains(raw, "&#") || strings.HasPrefix(raw, "<![CDATA[") {
		return nil
	}
	for _, m := range reference.FindAllStringSubmatch(raw, -1) {
		digits, base := m[1], 10
		if digits == "" {
			digits, base = m[2], 16
		}
		if n, err := strconv.ParseUint(digits, base, 32); err == nil && utf16.IsSurrogate(rune(n)) {
			return errSurrogate
		}
	}
	return nil
}
