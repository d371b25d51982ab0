package wire_test

import (
	"fmt"
	"testing"

	"accounttasks/internal/task"
)

// inJSON writes one member, the text being its raw value.
func inJSON(w written) string { return fmt.Sprintf(`{"%v":%s}`, w.field, w.text) }

func TestJSONValues(t *testing.T) {
	checkFields(t, jsonType, inJSON, []written{
		{task.FieldEnabled, `true`, "true"},
		{task.FieldEnabled, `"TRUE"`, "true"},
		{task.FieldEnabled, `" False "`, "false"},
		{task.FieldEnabled, `1`, "true"},
		{task.FieldEnabled, `0`, "false"},
		{task.FieldEnabled, `-0.0`, "false"},
		{task.FieldEnabled, `0e9`, "false"},
		{task.FieldEnabled, `-1.5`, "true"},
		{task.FieldEnabled, `null`, "kept"},
		{task.FieldEnabled, `""`, "kept"},
		{task.FieldEnabled, `" "`, refused},
		{task.FieldEnabled, `"1"`, refused},
		{task.FieldEnabled, `"yes"`, refused},
		{task.FieldEnabled, `1e999`, refused},
		{task.FieldEnabled, `-9223372036854775808`, "true"},
		{task.FieldEnabled, `9223372036854775808`, refused},
		{task.FieldEnabled, `1e19`, "true"},
		{task.FieldEnabled, `{}`, refused},
		{task.FieldEnabled, `[true]`, refused},

		{task.FieldTaskID, `"` + reportID + `"`, reportID},
		{task.FieldTaskID, `"\u00377798c1277f7440c69bd4caf4be84ca89"`, refused},
		{task.FieldTaskID, `"\u0037798c1277f7440c69bd4caf4be84ca89"`, reportID},
		{task.FieldTaskID, `null`, refused},
		{task.FieldTaskID, `""`, refused},
		{task.FieldTaskID, `77981277744069419489848984899999`, refused},
		{task.FieldTaskID, `true`, refused},
		{task.FieldTaskID, `{"$value":"` + reportID + `"}`, refused},

		{task.FieldFrequency, `2`, "DAILY"},
		{task.FieldFrequency, `0`, "NONE"},
		{task.FieldFrequency, `-0`, "NONE"},
		{task.FieldFrequency, `"DAILY"`, "DAILY"},
		{task.FieldFrequency, `" dAiLy "`, "DAILY"},
		{task.FieldFrequency, `"2"`, "DAILY"},
		{task.FieldFrequency, `" +2 "`, "DAILY"},
		{task.FieldFrequency, `"002"`, "DAILY"},
		{task.FieldFrequency, `"-0"`, "NONE"},
		{task.FieldFrequency, `6`, refused},
		{task.FieldFrequency, `-1`, refused},
		{task.FieldFrequency, `2.0`, refused},
		{task.FieldFrequency, `2e0`, refused},
		{task.FieldFrequency, `4294967298`, refused},
		{task.FieldFrequency, `99999999999999999999`, refused},
		{task.FieldFrequency, `"6"`, refused},
		{task.FieldFrequency, `"0x2"`, refused},
		{task.FieldFrequency, `"2.0"`, refused},
		{task.FieldFrequency, `"DAILY, WEEKLY"`, refused},
		{task.FieldFrequency, `"DAILY,"`, refused},
		{task.FieldFrequency, `"YEARL\u0179"`, refused},
		{task.FieldFrequency, `"wee\u212aly"`, refused},
		{task.FieldFrequency, `""`, refused},
		{task.FieldFrequency, `" "`, refused},
		{task.FieldFrequency, `null`, refused},
		{task.FieldFrequency, `true`, refused},
		{task.FieldFrequency, `[2]`, refused},

		{task.FieldStartDate, `null`, noBound},
		{task.FieldStartDate, `"\/Date(0)\/"`, "1970-01-01T00:00:00+00:00"},
		{task.FieldStartDate, `1780544703254`, refused},
		{task.FieldStartDate, `false`, refused},
		{task.FieldStartDate, `{}`, refused},

		{task.FieldParameters, `"{\"a\":\"\\u00e9 \u00e9 \ud83d\ude00\"}"`, `{"a":"\u00e9 é 😀"}`},
		{task.FieldParameters, `" a "`, " a "},
		{task.FieldParameters, "\"a\r\n\tb\"", "a\r\n\tb"},
		{task.FieldParameters, "\"a\n\\n\t\\\"\r\"", "a\n\n\t\"\r"},
		{task.FieldParameters, `"2026-06-04T03:45:03Z"`, "2026-06-04T03:45:03Z"},
		{task.FieldParameters, `5.50`, "5.50"},
		{task.FieldParameters, `1.0E+2`, "1.0E+2"},
		{task.FieldParameters, `-0`, "-0"},
		{task.FieldParameters, `true`, "true"},
		{task.FieldParameters, `null`, ""},
		{task.FieldParameters, `{"a":1}`, refused},
		{task.FieldParameters, `[1]`, refused},
		{task.FieldContentType, `"text/plain"`, "text/plain"},
		{task.FieldContentType, `5`, "5"},
		{task.FieldContentType, `{}`, refused},

		{task.FieldNotification, `3`, "ALWAYS"},
		{task.FieldNotification, `"on_failure"`, "ON_FAILURE"},
		{task.FieldNotification, `"ON FAILURE"`, refused},
		{task.FieldNotification, `4`, refused},
		{task.FieldNotification, `null`, "NONE"},
		{task.FieldNotification, `""`, refused},
	})
}

func TestJSONNamesMatchInAnyCaseOfASCII(t *testing.T) {
	for name, want := range map[string]string{
		"Frequency": "DAILY", "frequency": "DAILY", "FREQUENCY": "DAILY", `frequenc\u0079`: "DAILY", `\u0046requency`: "DAILY",
		" Frequency": notSent, "Frequency ": notSent, "Frequency[]": notSent, "": notSent, "request.Frequency": notSent, "Frequency\\u0000": notSent,
	} {
		if got := shown(read(t, jsonType, `{"`+name+`":2}`), task.FieldFrequency); got != want {
			t.Errorf("%q: got Frequency %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"Tas\u212aID", "Ta\u017fkID", "Task\u0131D", "Task\u0130D"} {
		if got := shown(read(t, jsonType, `{"`+name+`":"`+reportID+`"}`), task.FieldTaskID); got != notSent {
			t.Errorf("%q is taken for TaskID: %q", name, got)
		}
	}
}

func TestLastJSONDuplicateWins(t *testing.T) {
	for body, want := range map[string]string{
		`{"Enabled":true,"Enabled":false}`:             "false",
		`{"Enabled":true,"enabled":false}`:             "false",
		`{"enabled":true,"x":1,"Enabled":false}`:       "false",
		`{"Enabled":true,"Enabled":null}`:              "kept",
		`{"Enabled":null,"Enabled":true}`:              "true",
		`{"Enabled":"bad","Enabled":true}`:             refused,
		`{"Enabled":true,"Enabled":"bad"}`:             refused,
		`{"Enabled":true,"Enabled":[],"Enabled":true}`: refused,
		`{"x":{"Enabled":false},"Enabled":true}`:       "true",
		`{"Enabled":true,"x":[{"Enabled":false}]}`:     "true",
	} {
		if got := shown(read(t, jsonType, body), task.FieldEnabled); got != want {
			t.Errorf("%s: got Enabled %q, want %q", body, got, want)
		}
	}
	if got := shown(read(t, jsonType, `{"TaskID":null,"TaskID":"`+reportID+`"}`), task.FieldTaskID); got != refused {
		t.Errorf("TaskID null and then a GUID: got %q, want it %s, as null is not a value of it", got, refused)
	}
	if got := shown(read(t, jsonType, `{"Parameters":null,"Parameters":"1"}`), task.FieldParameters); got != "1" {
		t.Errorf("Parameters null and then a text: got %q, want %q", got, "1")
	}
}

func TestUnknownJSONMembersAreIgnored(t *testing.T) {
	d := read(t, jsonType, ` {"$type":"x","$id":"1","":null,"x":{"y":[1,{"Frequency":99}]},"ID":5,"Frequency":"DAILY","z":"\ud83d\ude00"} `)
	if got := shown(d, task.FieldFrequency); got != "DAILY" || len(d.Problems) > 0 {
		t.Errorf("got Frequency %q and problems %v, want DAILY and none", got, d.Problems)
	}
}

func TestJSONIsRFC8259(t *testing.T) {
	for _, body := range []string{
		`{`, `{"a":1`, `{"a"}`, `{"a":}`, `{,}`, `{"a":1,}`, `[1,]`, `{"a":1}}`, `{"a":1}{}`, `{"a":1} x`, `{"a":1},`, `{a:1}`, `{'a':1}`, `{"a":'1'}`,
		`{"a":010}`, `{"a":0x2}`, `{"a":+1}`, `{"a":.5}`, `{"a":1.}`, `{"a":NaN}`, `{"a":Infinity}`, `{"a":True}`, `{"a":undefined}`,
		`/*c*/{"a":1}`, `{"a":1//c` + "\n}", "{\"a\":\"\\\n\"}", "{\"a\":\"\v\"}", "{\"a\":\"\x00\"}", `{"a":"\x"}`, `{"a":"\u12"}`, "{\u00a0}", "\x00{}",
		`{"a":"\ud83d"}`, `{"\ude00":1}`, `{"a":"\ud83dx"}`, "{\"a\":\"\xff\"}", "{\"a\":\"\xed\xa0\x80\"}", "{\"a\":\"\xc0\xaf\"}",
	} {
		malformed(t, jsonType, body, "")
	}
}

func TestJSONBodyMustBeAnObject(t *testing.T) {
	for body, want := range map[string]string{
		`null`: "The body cannot be null: ", ` null `: "The body cannot be null: ", `[]`: "The body cannot be an array: ", `true`: "The body cannot be true: ",
		` 12 `: "The body cannot be 12: ", `"{\"Parameters\":\"secret\"}"`: "The body cannot be a string: ",
	} {
		malformed(t, jsonType, body, want)
	}
}
