package wire_test

import (
	"strings"
	"testing"

	"accounttasks/internal/task"
)

// nestedJSON is an object in which as many objects and arrays are open as depth says.
func nestedJSON(depth int) string {
	return `{"Frequency":2,"x":` + strings.Repeat(`[`, depth-1) + strings.Repeat(`]`, depth-1) + `}`
}

// nestedXML is a document in which as many elements are open as depth says.
func nestedXML(depth int) string {
	return inRoot("<Frequency>DAILY</Frequency>" + strings.Repeat("<x>", depth-1) + strings.Repeat("</x>", depth-1))
}

func TestBodiesMayBe256LevelsDeep(t *testing.T) {
	for contentType, nested := range map[string]func(int) string{jsonType: nestedJSON, xmlType: nestedXML} {
		if got := shown(read(t, contentType, nested(256)), task.FieldFrequency); got != "DAILY" {
			t.Errorf("%s: got Frequency %q, want DAILY", contentType, got)
		}
		for _, depth := range []int{257, 10_000} {
			malformed(t, contentType, nested(depth), "The body cannot be nested more than 256 levels deep")
		}
	}
}

func TestBracketsInTextAreNoDepth(t *testing.T) {
	d := read(t, jsonType, `{"Frequency":2,"x":"`+strings.Repeat("[", 300)+`"}`)
	if got := shown(d, task.FieldFrequency); got != "DAILY" {
		t.Errorf("got Frequency %q, want DAILY", got)
	}
}

func TestDeepBodiesThatBreakOffAreRefused(t *testing.T) {
	malformed(t, jsonType, strings.Repeat("[", 100_000), "nested more than 256 levels")
	malformed(t, xmlType, strings.Repeat("<x>", 100_000), "nested more than 256 levels")
}
