package main

import "testing"

// A change of the code must not leave a defect without its place.
func TestEveryDefectHasItsPlace(t *testing.T) {
	t.Chdir("../../..")
	for _, err := range misplaced(defects) {
		t.Error(err)
	}
}
