package wire_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"accounttasks/internal/task"
)

// formBody writes the update as a form: pairs in any order, names in any case, unknown pairs among them,
// duplicates of which the first wins, whatever the later ones hold.
func formBody(t *rapid.T, u update) body {
	var parts []part
	for _, f := range task.BodyFields {
		if !u.sends(t, f) {
			continue
		}
		name := recased(t, f.String()) + oneOf(t, "brackets", "", "", "[]")
		parts = append(parts, part{formText(t, name) + "=" + formText(t, formValue(t, f, u)), f, true})
		if flip(t, "duplicate") {
			parts = append(parts, part{formText(t, recased(t, f.String())) + oneOf(t, "bad value", "", "=", "=x"), f, false})
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "unknown pairs") {
		parts = append(parts, part{oneOf(t, "unknown", "", "=", "x", "id=1", "Frequency[0]=1", "[]=x", "a=b=c%", "TaskID.x="+formText(t, texts.Draw(t, "text"))), noField, false})
	}
	contentType := recased(t, "application/x-www-form-urlencoded") + oneOf(t, "charset", "", "; charset=utf-8", ";charset=utf-16")
	return body{contentType, []byte(strings.Join(arrange(t, parts, false), "&"))}
}

func formValue(t *rapid.T, f task.Field, u update) string {
	slot := u.Slot(f)
	text, _ := task.TextOf(slot.Value)
	switch value := slot.Value.(type) {
	case **bool:
		return formFlag(t, *value)
	case *uuid.UUID:
		return drawnGUID(t, *value)
	case *time.Time:
		return formDate(t, *value)
	case task.Enumerated:
		return formEnum(t, value.Number(), text)
	}
	return text
}

func formFlag(t *rapid.T, flag *bool) string {
	if flag == nil {
		return padded(t, "")
	}
	return padded(t, recased(t, fmt.Sprint(*flag)))
}

func formEnum(t *rapid.T, number int, name string) string {
	return oneOf(t, "enum", drawnNumber(t, number), padded(t, recased(t, name)))
}

func formDate(t *rapid.T, when time.Time) string {
	if when.IsZero() && flip(t, "nothing") {
		return padded(t, "")
	}
	return drawnDate(t, when)
}

// formText writes text with some bytes as %XX, as they may be or must, and a space as + or %20.
func formText(t *rapid.T, s string) string {
	escapes := flip(t, "escapes")
	return mapRunes(s, func(r rune) string {
		must := r < 0x20 || strings.ContainsRune("%&+=", r)
		switch {
		case r == ' ':
			return oneOf(t, "space", "+", "%20", " ")
		case !must && !(escapes && flip(t, "escaped")):
			return string(r)
		}
		var b strings.Builder
		for _, c := range []byte(string(r)) {
			fmt.Fprintf(&b, oneOf(t, "hex", "%%%02x", "%%%02X"), c)
		}
		return b.String()
	})
}
