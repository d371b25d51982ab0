package main

import "testing"

// After a change of the code, every defect must still find the code that it replaces.
func TestEveryDefectHasItsPlace(t *testing.T) {
	t.Chdir("../../..")
	for _, err := range misplaced(defects) {
		t.Error(err)
	}
}
