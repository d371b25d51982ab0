package main

import (
	"fmt"
	"go/parser"
	"go/token"
)

// misplaced returns an error for each defect that cannot be planted: the code that it replaces has changed, the code
// with the defect does not parse, or another defect has the same description.
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
