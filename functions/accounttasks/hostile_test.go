package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"accounttasks/internal/verify/linear"
)

// longNamespace is an XML body that is half a namespace and half attributes in it. A reader that writes the namespace
// out for each attribute takes minutes for the largest.
func longNamespace(size int) string {
	const end = "/>"
	var b strings.Builder
	fmt.Fprintf(&b, `<AccountTaskUpdateRequest xmlns:a="%s"`, strings.Repeat("u", size/2))
	for i := 0; b.Len() < size-len(end)-16; i++ {
		fmt.Fprintf(&b, ` a:b%x=""`, i)
	}
	return b.String() + end
}

// TestLongNamespaceEndsFarBelowTheFunctionsTime sends it through the whole function, up to the largest body.
func TestLongNamespaceEndsFarBelowTheFunctionsTime(t *testing.T) {
	f := startOnCannedTable(t)
	event := func(size int) string {
		update := exchange{method: "PUT", target: demoAddress, body: longNamespace(size), headers: []string{"Content-Type", "application/xml"}}
		return string(update.event(t))
	}
	answer := f.invoke(t, []byte(event(linear.Large)))
	if answer.StatusCode != http.StatusBadRequest || !strings.Contains(answer.Body, "TaskID is required") {
		t.Fatalf("got %d %s, want 400 that names the fields", answer.StatusCode, answer.Body)
	}
	linear.Check(t, event, func(event []byte) { f.answer(t, event) })
}
