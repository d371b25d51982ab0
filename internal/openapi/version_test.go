package openapi_test

import (
	"regexp"
	"testing"

	"accounttasks/internal/openapi/openapitest"
)

var (
	released   = regexp.MustCompile(`(?m)^## \[?(\d+\.\d+\.\d+)`)
	unreleased = regexp.MustCompile(`(?m)^## Unreleased: (\d+\.\d+\.\d+)$`)
)

// TestVersionIsTheChangelogs holds the document's version against the first one that CHANGELOG.md names: the version
// that is being made, or else the last one that was released.
func TestVersionIsTheChangelogs(t *testing.T) {
	changelog := readFile(t, "../../CHANGELOG.md")
	named := unreleased.FindSubmatch(changelog)
	if named == nil {
		named = released.FindSubmatch(changelog)
	}
	if named == nil {
		t.Fatal("CHANGELOG.md names no version")
	}
	if got := openapitest.Root(t).At("info", "version").Text(); got != string(named[1]) {
		t.Errorf("the document has the version %s, CHANGELOG.md names %s", got, named[1])
	}
}
