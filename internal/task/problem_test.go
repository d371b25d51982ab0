package task_test

import (
	"strings"
	"testing"

	"accounttasks/internal/task"
)

func TestNoProblemIsNoError(t *testing.T) {
	if err := (task.Problems{}).Err(); err != nil {
		t.Errorf("got %v, want nil", err)
	}
}

// The fields of a request after its body.
var (
	tag = task.NewField("Tag", "an entity-tag", task.AfterBody)
	key = task.NewField("Key", "a key without spaces", task.AfterBody+1)
)

func TestSingleProblemKeepsItsCode(t *testing.T) {
	for _, code := range []task.Code{task.CodeUnknownTask, task.CodePayloadTooLarge, task.CodeInvalidRequest} {
		err := task.Problems{{Field: task.FieldTaskID, Code: code, Sentence: "It is wrong."}}.Err()
		if got := task.AsError(err); got.Code != code || got.Reason != "It is wrong." {
			t.Errorf("got %s %q, want %s %q", got.Code, got.Reason, code, "It is wrong.")
		}
	}
}

func TestSeveralProblemsAreAnInvalidRequestInTheOrderOfTheFields(t *testing.T) {
	problems := task.Problems{
		{key, task.CodeInvalidRequest, "key."},
		{task.FieldParameters, task.CodePayloadTooLarge, "parameters."},
		{task.FieldID, task.CodeInvalidRequest, "id."},
		{task.FieldTaskID, task.CodeUnknownTask, "first."},
		{task.FieldTaskID, task.CodeUnknownTask, "second."},
		{tag, task.CodeInvalidRequest, "tag."},
		{task.FieldEnabled, task.CodeInvalidRequest, "enabled."},
	}
	got := task.AsError(problems.Err())
	want := "id. enabled. first. second. parameters. tag. key."
	if got.Code != task.CodeInvalidRequest || got.Reason != want {
		t.Errorf("got %s %q, want %s %q", got.Code, got.Reason, task.CodeInvalidRequest, want)
	}
	if problems[0].Field != key {
		t.Error("Err sorted the problems of its caller")
	}
}

func TestProblemsTellWhichFieldHasOne(t *testing.T) {
	var p task.Problems
	p.AddMissing(task.FieldParameters)
	if !p.Has(task.FieldParameters) || p.Has(task.FieldTaskID) {
		t.Errorf("got %v and %v, want a problem of Parameters alone", p.Has(task.FieldParameters), p.Has(task.FieldTaskID))
	}
}

func TestEveryFieldSaysWhatWouldBeRight(t *testing.T) {
	fields := append([]task.Field{task.FieldID, tag, key}, task.BodyFields...)
	for _, f := range fields {
		var p task.Problems
		p.AddInvalid(f, f.String(), `"x"`)
		before, want := f.String()+` cannot be "x": send `, p[0].Sentence
		if rest := strings.TrimPrefix(want, before); rest == want || len(rest) < 10 || !strings.HasSuffix(rest, ".") {
			t.Errorf("%v: got %q, want %q and what would be right", f, want, before)
		}
	}
}

func TestNameIsRepeatedAsTheCallerWroteIt(t *testing.T) {
	var p task.Problems
	p.AddInvalid(task.FieldFrequency, "frequency", "99")
	p.AddInvalid(task.FieldFrequency, "fre quency", "99")
	for i, want := range []string{"frequency cannot be 99: ", `"fre quency" cannot be 99: `} {
		if got := p[i].Sentence; !strings.HasPrefix(got, want) {
			t.Errorf("got %q, want %q…", got, want)
		}
	}
}

func TestQuoteCutsTextShort(t *testing.T) {
	forty, emoji := strings.Repeat("x", 40), strings.Repeat("😀", 40)
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", `""`},
		{"a word", "DAILY", "DAILY"},
		{"a number", "-1.5e+3", "-1.5e+3"},
		{"a GUID", "a23b4ff9-5d7e-4603-b937-6e1f724316b9", "a23b4ff9-5d7e-4603-b937-6e1f724316b9"},
		{"two words", "two words", `"two words"`},
		{"quotation marks", `say "x"`, `"say \"x\""`},
		{"a line break", "a\r\nb", `"a\r\nb"`},
		{"a control character", "a\x00b\u202e", `"a\x00b\u202e"`},
		{"bytes that are not UTF-8", "a\xffb", `"a\xffb"`},
		{"markup", "<a>&", `"<a>&"`},
		{"letters beyond ASCII", "é", `"é"`},
		{"forty characters", forty, forty},
		{"forty-one characters", forty + "x", `"` + forty + `…"`},
		{"forty of four bytes", emoji, `"` + emoji + `"`},
		{"forty-one of four bytes", emoji + "😀", `"` + emoji + `…"`},
		{"mixed widths", strings.Repeat("xé", 20) + "€", `"` + strings.Repeat("xé", 20) + `…"`},
		{"a megabyte", strings.Repeat("€", 1<<20/3), `"` + strings.Repeat("€", 40) + `…"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := task.Quote(test.text); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestQuoteValueAlwaysHasQuotationMarks(t *testing.T) {
	for text, want := range map[string]string{"": `""`, "DAILY": `"DAILY"`, "1": `"1"`} {
		if got := task.QuoteValue(text); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
