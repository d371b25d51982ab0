// Command mutation shows that the tests catch what they are there for. It plants one deliberate defect after the
// other, each in an overlay beside the tree, and runs the tests that should notice. A defect that survives, and
// one whose place in the code is no longer there, is an error.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

func main() {
	only := flag.String("only", "", "plant only the defects whose description contains this text")
	flag.Parse()
	var chosen []defect
	for _, d := range defects {
		if strings.Contains(d.what, *only) {
			chosen = append(chosen, d)
		}
	}
	survived := 0
	c := newChecker()
	for _, d := range chosen {
		caught, err := c.plant(d)
		if err != nil {
			survived++
			caught = "NOT CAUGHT: " + err.Error()
		}
		fmt.Printf("%-60s %s\n", d.what, caught)
	}
	fmt.Printf("%d of %d defects caught\n", len(chosen)-survived, len(chosen))
	if survived > 0 || len(chosen) == 0 {
		os.Exit(1)
	}
}
