package task

import (
	"errors"
	"fmt"

	"github.com/google/uuid"
)

// CheckCatalogueEntry tells what is wrong with an entry of the task catalogue, in one sentence that names the entry.
func CheckCatalogueEntry(id uuid.UUID, name string) error {
	if id == uuid.Nil {
		return errors.New("the all-zero GUID cannot be an entry of the task catalogue")
	}
	if problem := nameProblem(name); problem != "" {
		return fmt.Errorf("the Name of entry %s %s: it must be 1 to %d bytes of printable UTF-8", id, problem, nameLimit)
	}
	return nil
}
