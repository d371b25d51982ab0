package wire_test

import (
	"fmt"
	"strings"
	"time"

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
	switch f {
	case task.FieldEnabled:
		return formFlag(t, u.Enabled)
	case task.FieldTaskID:
		return drawnGUID(t, u.TaskID)
	case task.FieldFrequency:
		return formEnum(t, int(u.Frequency), u.Frequency.String())
	case task.FieldStartDate:
		return formDate(t, u.StartDate)
	case task.FieldFinishDate:
		return formDate(t, u.FinishDate)
	case task.FieldNotification:
		return formEnum(t, int(u.Notification), u.Notification.String())
	case task.FieldParameters:
		return u.Parameters
	}
	return u.ContentType
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
