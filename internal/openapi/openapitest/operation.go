package openapitest

import (
	"strings"
	"testing"
)

// FindOperation is the document's operation that a request of this method and path comes to. There must be one.
func FindOperation(t testing.TB, method, path string) Node {
	t.Helper()
	template, found := findPath(t, method, path)
	if !found {
		t.Fatalf("the document has no operation %s %s", method, path)
	}
	return Root(t).At("paths", template, strings.ToLower(method))
}

// Describes reports whether the document has an operation to which a request of this method and path comes.
func Describes(t testing.TB, method, path string) bool {
	t.Helper()
	_, found := findPath(t, method, path)
	return found
}

// findPath is the document's path that a request of this method and path comes to. Literal segments come first.
func findPath(t testing.TB, method, path string) (template string, found bool) {
	t.Helper()
	most := -1
	for candidate, item := range Root(t).At("paths").Members() {
		_, takes := item.Members()[strings.ToLower(method)]
		if literals := matchPath(candidate, path); takes && literals > most {
			template, most = candidate, literals
		}
	}
	return template, most >= 0
}

// matchPath is how many segments of the template are literally those of the path, in any case, or -1 where it is
// another path.
func matchPath(template, path string) int {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return -1
	}
	literals := 0
	for i, segment := range want {
		switch {
		case strings.EqualFold(segment, got[i]):
			literals++
		case !strings.HasPrefix(segment, "{"):
			return -1
		}
	}
	return literals
}

// Scopes are the scopes that an operation asks for. They are empty if it needs no access token.
func Scopes(operation Node) []string {
	operation.t.Helper()
	for _, alternative := range operation.At("security").Items() {
		if scopes, found := alternative.Members()["OAuth"]; found {
			return scopes.Texts()
		}
	}
	return nil
}
