// Command mutation shows that the tests catch defects. It plants one deliberate defect after the other in an overlay of
// the source, and runs the tests that should fail. It fails if the tests pass with a defect. Before it plants any, it
// fails if the code that a defect replaces is missing.
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
	if len(chosen) == 0 {
		fmt.Printf("no defect's description contains %q\n", *only)
		os.Exit(1)
	}
	if errs := misplaced(chosen); len(errs) > 0 {
		for _, err := range errs {
			fmt.Println(err)
		}
		fmt.Printf("%d defects cannot be planted: correct internal/verify/mutation/defects.go\n", len(errs))
		os.Exit(1)
	}
	if survived := plantAll(chosen); survived > 0 {
		os.Exit(1)
	}
}

// plantAll plants the defects in turn and prints the test that caught each. It returns how many no test caught.
func plantAll(defects []defect) (survived int) {
	c := newChecker()
	for _, d := range defects {
		caught, err := c.plant(d)
		if err != nil {
			survived++
			caught = "NOT CAUGHT: " + err.Error()
		}
		fmt.Printf("%-60s %s\n", d.what, caught)
	}
	fmt.Printf("%d of %d defects caught\n", len(defects)-survived, len(defects))
	return survived
}
