package main

import (
	"fmt"
	"go/parser"
	"go/token"
)

// misplaced says of each defect that cannot be planted why not: its place in the code has changed, the code with the
// defect does not parse, or another defect has the same description.
func misplaced(defects []defect) []error {
	var errs []error
	seen := map[string]bool{}
	for _, d := range defects {
		if seen[d.what] {
			errs = append(errs, fmt.Errorf("%s: two defects have this description", d.what))
		}
		seen[d.what] = true
		mutant, err := d.mutant()
		if err == nil {
			_, err = parser.ParseFile(token.NewFileSet(), d.file, mutant, 0)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", d.what, err))
		}
	}
	return errs
}
