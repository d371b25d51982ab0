package main

import (
	"maps"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
)

const (
	report  = "7798c127-7f74-40c6-9bd4-caf4be84ca89"
	address = "56c0f226-3d17-40df-8ddb-46b3ad09b70a"
	first   = "a23b4ff9-5d7e-4603-b937-6e1f724316b9"
)

// loaded is a stack whose catalogue knows two tasks.
func loaded(t *testing.T) *deployed {
	t.Helper()
	d := deploy(t)
	d.mustRun(t, "load-catalogue", files(t,
		"\ufeff"+`{"TaskID": "`+report+`", "Name": "Send scheduled report"}`+"\r", ``,
		`{"TaskID": "{`+strings.ToUpper(address)+`}", "Name": "Import address book"}`), "Entries added: 2, renamed: 0")
	return d
}

func (d *deployed) catalogue(t *testing.T) map[string]string {
	t.Helper()
	entries, err := dynamo.NewTable(d.table, "tasks").LoadCatalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for id, name := range entries.Names {
		names[id.String()] = name
	}
	return names
}

func TestTheCatalogueHasWhatTheFileSays(t *testing.T) {
	d := loaded(t)
	d.mustRun(t, "load-catalogue", files(t, `{"TaskID":"`+report+`","Name":"Send report"}`),
		`Entry `+report+` is renamed from "Send scheduled report" to "Send report"`, "Entries added: 0, renamed: 1, unchanged: 0. The catalogue has 2 in all")
	want := map[string]string{report: "Send report", address: "Import address book"}
	if got := d.catalogue(t); !maps.Equal(got, want) {
		t.Errorf("got %v, want the new name, and the entry kept that the second file does not have", got)
	}
}

func TestLoadingAFileAgainChangesNothing(t *testing.T) {
	d := loaded(t)
	d.mustRun(t, "load-catalogue", files(t, `{"TaskID":"`+report+`","Name":"Send scheduled report"}`), "Entries added: 0, renamed: 0, unchanged: 1")
}

func TestAWrongLineKeepsTheCatalogueAsItIs(t *testing.T) {
	tests := []struct{ line, want string }{
		{`{"TaskID":"7798c127","Name":"x"}`, `TaskID "7798c127" is not a GUID`},
		{`{"TaskID":"00000000-0000-0000-0000-000000000000","Name":"x"}`, "all-zero GUID"},
		{`{"TaskID":"` + report + `","Name":" "}`, "the Name of entry " + report + " is empty"},
		{`{"TaskID":"` + report + `","Name":"` + strings.Repeat("x", 257) + `"}`, "has 257 bytes"},
		{`{"TaskID":"` + report + `","Name":"a\u0000"}`, "cannot be printed"},
		{`{"TaskID":"` + report + `","Name":"a\ud800"}`, "not well-formed JSON"},
		{`{"TaskID":"` + report + "\",\"Name\":\"M\xfcller\"}", "it is not UTF-8"},
		{`{"TaskID":"` + report + `","Title":"x"}`, `"Title" is not one of TaskID, Name; Name is missing`},
		{`{"TaskID":"` + report + `","name":"x","Name":"y"}`, `"name" must be spelled Name`},
		{`{"TaskID":"` + report + `","Name":"x","Na\u006de":"y"}`, "Name is there twice"},
		{`{"TaskID":7,"Name":null}`, "TaskID is not a string; Name is not a string"},
		{`{"TaskID":"` + report + `","Name":"x"} {}`, "not well-formed JSON"},
		{`["` + report + `","x"]`, "it is not a JSON object"},
		{`TaskID,Name`, "not well-formed JSON"},
		{strings.Repeat("x", lineLimit+1), "it is longer than 4194304 bytes"},
		{`{"TaskID":"` + address + `","Name":"again"}`, "entry " + address + " is there twice"},
	}
	d := loaded(t)
	for _, test := range tests {
		d.mustFail(t, "load-catalogue", files(t, `{"TaskID":"`+address+`","Name":"Changed"}`, test.line), "nothing was written", "line 2: ", test.want)
	}
}

func TestEveryWrongLineIsNamed(t *testing.T) {
	d := loaded(t)
	d.mustFail(t, "load-catalogue", files(t, "x", `{"TaskID":"`+report+`","Name":"Good"}`, strings.Repeat("x", lineLimit+1), "", "y"),
		"line 1: ", "line 3: it is longer", "line 5: ")
}

func TestAFileWithoutLinesIsAnError(t *testing.T) {
	d := loaded(t)
	for _, lines := range [][]string{nil, {"", " \t\r", ""}, {"\ufeff"}} {
		for _, command := range []string{"load-catalogue", "import-tasks"} {
			d.mustFail(t, command, files(t, lines...), "is empty")
		}
	}
	d.mustFail(t, "load-catalogue", []string{"FILE=" + t.TempDir() + "/missing"}, "cannot be read", "no such file")
}

func TestRowsThatTheServiceCannotUseAreShownAndReplaced(t *testing.T) {
	d := loaded(t)
	for _, name := range []string{"two\nlines", "Renamed"} {
		_, err := d.table.PutItem(t.Context(), &dynamodb.PutItemInput{
			TableName: aws.String("tasks"), Item: dynamo.CatalogueItem(uuid.MustParse(first), name),
		})
		if err != nil {
			t.Fatal(err)
		}
		said := d.mustRun(t, "load-catalogue", files(t, `{"TaskID":"`+report+`","Name":"Send scheduled report"}`))
		if warned := strings.Contains(said, "Warning: the service cannot use a row of the catalogue: the Name of entry "+first); warned != (name != "Renamed") {
			t.Errorf("with the name %q in the table: %q", name, said)
		}
	}
}
