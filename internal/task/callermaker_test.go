package task_test

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// callerMakers may call task.NewCaller, beside internal/client and tests.
var callerMakers = []string{
	"internal/lambdahttp/identity.go",
}

func TestOnlyTheAuthenticatorMakesACaller(t *testing.T) {
	found := map[string]bool{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(root, path)
		name = filepath.ToSlash(name)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case strings.HasPrefix(name, "internal/client/"), strings.HasSuffix(name, "_test.go"), !strings.HasSuffix(name, ".go"):
			return nil
		}
		if namesNewCaller(t, path) {
			found[name] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(found)); !slices.Equal(got, callerMakers) {
		t.Errorf("these files name task.NewCaller: %q, want exactly %q", got, callerMakers)
	}
}

// namesNewCaller tells whether a file names the function of another package, called or not.
func namesNewCaller(t *testing.T, path string) bool {
	t.Helper()
	file, err := parser.ParseFile(gotoken.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	ast.Inspect(file, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.SelectorExpr:
			found = found || n.Sel.Name == "NewCaller"
		case *ast.CallExpr:
			called, isName := n.Fun.(*ast.Ident)
			found = found || isName && called.Name == "NewCaller"
		}
		return true
	})
	return found
}
