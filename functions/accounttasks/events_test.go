package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const (
	eventFiles  = "../../events/http"
	answerFiles = "testdata/answers"
)

var update = flag.Bool("update", false, "write the function's answers to the golden files")

// TestEvents sends the function every event of the folder, each on a new table with the demo data. It compares the
// whole answer with the golden file of the same name, and with the OpenAPI document.
func TestEvents(t *testing.T) {
	t.Parallel()
	for _, name := range jsonFiles(t, eventFiles) {
		t.Run(strings.TrimSuffix(name, ".json"), func(t *testing.T) {
			f := startOnDemoData(t)
			event := readFile(t, filepath.Join(eventFiles, name))
			answer := f.answer(t, event)
			checkDocumented(t, event, answer)
			got := goldenForm(t, answer)
			golden := filepath.Join(answerFiles, name)
			if *update {
				writeFile(t, golden, got)
			}
			if want := readFile(t, golden); !bytes.Equal(got, want) {
				t.Errorf("the answer differs from %s:\n got %s\nwant %s", golden, got, want)
			}
		})
	}
}

func TestEveryGoldenAnswerHasAnEvent(t *testing.T) {
	for _, name := range jsonFiles(t, answerFiles) {
		if _, err := os.Stat(filepath.Join(eventFiles, name)); err != nil {
			t.Errorf("the golden answer %s is to no event: %v", name, err)
		}
	}
}

// Successful answers differ in every run in two places: the token of the write in the ETag, and the date of the
// registration or the update. They are masked only if they have the form of the contract (sections 2 and 5.12) and are
// not the demo data's.
var (
	tokenInETag  = regexp.MustCompile(`("Etag": (?:\[\s*)?"\\"\d+-)[A-Za-z0-9_-]{22}(\\"")`)
	datesOfTasks = regexp.MustCompile(`(Date(?:Created|Modified)(?:\\":\\"|>))\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{0,6}[1-9])?\+00:00`)
)

// goldenForm is an answer in the form of the golden files, however the function was invoked: indented, and masked if it
// is a success.
func goldenForm(t testing.TB, answer []byte) []byte {
	t.Helper()
	var r reply
	if err := json.Unmarshal(answer, &r); err != nil {
		t.Fatalf("the answer is not JSON: %v\n%s", err, answer)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, bytes.TrimSpace(answer), "", "  "); err != nil {
		t.Fatal(err)
	}
	indented.WriteByte('\n')
	if r.StatusCode != http.StatusOK {
		return indented.Bytes()
	}
	masked := tokenInETag.ReplaceAll(indented.Bytes(), []byte("${1}TOKEN${2}"))
	return datesOfTasks.ReplaceAllFunc(masked, func(date []byte) []byte {
		if bytes.HasSuffix(date, []byte(demoDate)) {
			return date
		}
		return datesOfTasks.ReplaceAll(date, []byte("${1}NOW"))
	})
}

// demoDate is the date of registration of the demo data's tasks.
const demoDate = "2026-01-05T00:00:00+00:00"

// jsonFiles returns the names of the JSON files in a folder. The test fails if there are none.
func jsonFiles(t testing.TB, folder string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(names) == 0 {
		t.Fatalf("got no JSON files in %s: %v", folder, err)
	}
	for i, name := range names {
		names[i] = filepath.Base(name)
	}
	return names
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func writeFile(t testing.TB, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
