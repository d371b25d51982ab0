package wire_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"accounttasks/internal/task"
)

// jsonBody writes the update as JSON: members in any order and case, unknown ones among them, duplicates of
// which the last wins, values in any form that JSON has for them.
func jsonBody(t *rapid.T, u update) body {
	var parts []part
	for _, f := range task.BodyFields {
		if !u.sends(t, f) {
			continue
		}
		parts = append(parts, part{jsonMember(t, recased(t, f.String()), jsonValue(t, f, u)), f, true})
		if !flip(t, "duplicate") {
			continue
		}
		if earlier := drawUpdate(t); !earlier.missing[f] {
			parts = append(parts, part{jsonMember(t, recased(t, f.String()), jsonValue(t, f, earlier)), f, false})
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "unknown members") {
		parts = append(parts, part{jsonMember(t, oneOf(t, "name", "", "Task", "TaskID ", "Tas\u212aID", "Frequencies", "id"), jsonUnknown(t, 3)), noField, false})
	}
	members := strings.Join(arrange(t, parts, true), space(t)+","+space(t))
	return encode(t, oneOf(t, "media type", "application/json", "text/json"), func(string) string {
		return space(t) + "{" + space(t) + members + space(t) + "}" + space(t)
	})
}

func space(t *rapid.T) string { return oneOf(t, "space", "", "", " ", "\r\n\t") }

func jsonMember(t *rapid.T, name, value string) string {
	return jsonString(t, name) + space(t) + ":" + space(t) + value
}

// jsonUnknown is the value of a member that readers ignore.
func jsonUnknown(t *rapid.T, depth int) string {
	switch rapid.IntRange(0, depth).Draw(t, "unknown") {
	case 1:
		return oneOf(t, "literal", "null", "true", "-0.5e+3", "[]", "{}")
	case 2:
		return "[" + jsonUnknown(t, depth-1) + space(t) + "," + jsonUnknown(t, depth-1) + "]"
	case 3:
		return "{" + jsonMember(t, "TaskID", jsonUnknown(t, depth-1)) + "}"
	}
	return jsonString(t, texts.Draw(t, "text"))
}

func jsonValue(t *rapid.T, f task.Field, u update) string {
	slot := u.Slot(f)
	text, _ := task.TextOf(slot.Value)
	switch value := slot.Value.(type) {
	case **bool:
		return jsonFlag(t, *value)
	case *uuid.UUID:
		return jsonString(t, drawnGUID(t, *value))
	case *time.Time:
		return jsonDate(t, *value)
	case task.Enumerated:
		if f.Nullable() && value.Number() == 0 && flip(t, "null") {
			return "null"
		}
		return jsonEnum(t, value.Number(), text)
	}
	return jsonText(t, text)
}

func jsonFlag(t *rapid.T, flag *bool) string {
	switch {
	case flag == nil:
		return oneOf(t, "nothing", "null", `""`)
	case *flag:
		return oneOf(t, "true", "true", "1", "-1.5", "2e3", jsonString(t, padded(t, recased(t, "true"))))
	}
	return oneOf(t, "false", "false", "0", "-0.0", jsonString(t, padded(t, recased(t, "false"))))
}

func jsonEnum(t *rapid.T, number int, name string) string {
	return oneOf(t, "enum", fmt.Sprint(number), jsonString(t, drawnNumber(t, number)), jsonString(t, padded(t, recased(t, name))))
}

func jsonDate(t *rapid.T, when time.Time) string {
	if when.IsZero() && flip(t, "nothing") {
		return oneOf(t, "nothing", "null", `""`)
	}
	return jsonString(t, drawnDate(t, when))
}

// jsonText writes text as a string, or bare where it is a number or a boolean.
func jsonText(t *rapid.T, s string) string {
	if json.Valid([]byte(s)) && strings.Trim(s, "0123456789+-.eE") == "" || s == "true" || s == "false" {
		return oneOf(t, "bare", s, jsonString(t, s))
	}
	return jsonString(t, s)
}

var jsonEscapes = map[rune]string{
	'"': `\"`, '\\': `\\`, '/': `\/`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`,
}

// jsonString writes a string with some characters escaped, as they may be or must.
func jsonString(t *rapid.T, s string) string {
	escapes := flip(t, "escapes")
	return `"` + mapRunes(s, func(r rune) string {
		short, special := jsonEscapes[r]
		must := r < 0x20 && !strings.ContainsRune("\t\r\n", r) || r == '"' || r == '\\'
		switch {
		case !must && !(escapes && flip(t, "escaped")):
			return string(r)
		case special && flip(t, "short"):
			return short
		}
		var b strings.Builder
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, oneOf(t, "hex", `\u%04x`, `\u%04X`), unit)
		}
		return b.String()
	}) + `"`
}

// plainJSON writes a string as encoding/json does.
func plainJSON(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}
