package task_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

func TestCatalogueNames(t *testing.T) {
	tests := []struct {
		title, name string
		want        string // in the error; empty: the name is good
	}{
		{"one letter", "x", ""},
		{"other scripts and spaces", "Отчёт – 報告 für Müller", ""},
		{"as long as it may be", strings.Repeat("é", 128), ""},
		{"too long in bytes", strings.Repeat("é", 128) + "x", "has 257 bytes"},
		{"empty", "", "is empty"},
		{"white space", " \u00a0", "is empty"},
		{"Latin-1", "M\xfcller", "not written in UTF-8"},
		{"Latin-1 that a decoder has replaced", "M\ufffdller", "not written in UTF-8"},
		{"a control character", "a\x00b", "cannot be printed"},
		{"a line break", "a\nb", "cannot be printed"},
		{"an invisible direction mark", "a\u202eb", "cannot be printed"},
	}
	for _, test := range tests {
		t.Run(test.title, func(t *testing.T) {
			err := task.CheckCatalogueEntry(freshID, test.name)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), freshID.String())):
				t.Errorf("got %v, want the entry named, and %q", err, test.want)
			}
		})
	}
	if task.CheckCatalogueEntry(uuid.Nil, "Report") == nil {
		t.Error("the all-zero GUID was taken")
	}
}

func TestNamesOfUsersAndClientsAreHeldToTheSame(t *testing.T) {
	for name, isGood := range map[string]bool{"Müller & Söhne": true, "M\xfcller": false, "M\ufffdller": false, "a\tb": false, "": false} {
		if err := task.CheckName(name); (err == nil) != isGood || err != nil && strings.Contains(err.Error(), "ller") {
			t.Errorf("%q: got %v, want good %v, and the name not repeated", name, err, isGood)
		}
	}
}
