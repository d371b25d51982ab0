package wire

import (
	"mime"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/verify/observed"
)

// FuzzMediaType compares the parser with package mime where both can read a header, and has it read what it
// read once more.
func FuzzMediaType(f *testing.F) {
	for _, r := range observed.Requests(f) {
		f.Add(r.Headers["Content-Type"])
	}
	f.Add(` Text / XML ; Charset = "a\";b" ; q`)
	f.Fuzz(func(t *testing.T, header string) {
		m, ok := parseContentType(header)
		if !ok {
			return
		}
		if again, ok := parseContentType(m.written()); !ok || again.written() != m.written() {
			t.Errorf("%q was read as %q, and that as %q, %t", header, m.written(), again.written(), ok)
		}
		if list := parseAccept(header + "," + header); len(list) != 2 || list[1].written() != m.written() {
			t.Errorf("%q twice was read as %v, want %q twice", header, list, m.written())
		}
		mediaType, parameters, err := mime.ParseMediaType(header)
		if err != nil {
			return
		}
		if got := m.kind + "/" + m.subtype; got != mediaType {
			t.Errorf("%q was read as %s, want %s", header, got, mediaType)
		}
		for name, want := range parameters {
			if got, plain := m.parameters[name], !strings.Contains(header, "*"); plain && unquoted(got) != want {
				t.Errorf("the parameter %s of %q was read as %s, want %s", name, header, got, want)
			}
		}
	})
}

// written writes a media type in its simplest form.
func (m mediaType) written() string {
	var parameters []string
	for name, value := range m.parameters {
		if value != "" {
			name += "=" + value
		}
		parameters = append(parameters, name)
	}
	slices.Sort(parameters)
	return strings.Join(append([]string{m.kind + "/" + m.subtype}, parameters...), ";")
}

// unquoted takes a quoted string out of its quotation marks as package mime does, which keeps a backslash
// before a character that needs none.
func unquoted(value string) string {
	if !strings.HasPrefix(value, `"`) {
		return value
	}
	var b strings.Builder
	for inner := value[1 : len(value)-1]; inner != ""; inner = inner[1:] {
		if inner[0] == '\\' && len(inner) > 1 && strings.IndexByte(`()<>@,;:\"/[]?=`, inner[1]) >= 0 {
			inner = inner[1:]
		}
		b.WriteByte(inner[0])
	}
	return b.String()
}
