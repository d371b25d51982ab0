package task

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
)

// CatalogueNameLimit is how many bytes of UTF-8 the name of a catalogue entry may have. Every task that runs the
// entry stores the name beside its Parameters.
const CatalogueNameLimit = 256

// CheckCatalogueEntry tells what is wrong with an entry of the task catalogue, in one sentence that names the entry.
func CheckCatalogueEntry(id uuid.UUID, name string) error {
	if id == uuid.Nil {
		return errors.New("the all-zero GUID cannot be an entry of the task catalogue")
	}
	if problem := catalogueNameProblem(name); problem != "" {
		return fmt.Errorf("the Name of entry %s %s: it must be 1 to %d bytes of printable UTF-8", id, problem, CatalogueNameLimit)
	}
	return nil
}

// catalogueNameProblem is empty for a good name. U+FFFD takes the place of bytes that were not UTF-8, so what the
// name was is lost.
func catalogueNameProblem(name string) string {
	isUnprintable := func(r rune) bool { return !unicode.IsPrint(r) }
	switch {
	case strings.TrimSpace(name) == "":
		return "is empty"
	case len(name) > CatalogueNameLimit:
		return fmt.Sprintf("has %d bytes", len(name))
	case !utf8.ValidString(name), strings.ContainsRune(name, utf8.RuneError):
		return "was not written in UTF-8"
	case strings.ContainsFunc(name, isUnprintable):
		return "has a character that cannot be printed"
	}
	return ""
}
