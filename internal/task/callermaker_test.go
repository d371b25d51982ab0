package task_test

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestOnlyTheAuthenticatorMakesACaller has internal/client and tests alone name task.NewCaller.
func TestOnlyTheAuthenticatorMakesACaller(t *testing.T) {
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
			t.Errorf("%s names task.NewCaller", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// namesNewCaller reports whether a file names the function of another package, called or not.
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
