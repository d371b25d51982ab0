package linearizability

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
)

// searchLimit is far more than a history of a thousand calls takes.
const searchLimit = time.Minute

// Check searches for an order of the calls that explains what they showed. The error says that there is none:
// it names the calls that do not fit, and a file with the whole history to look at in a browser.
func (h *History) Check() error {
	operations, updates := h.operations()
	m := newModel(h.initial, updates, operations).porcupine()
	switch porcupine.CheckOperationsTimeout(m, operations, searchLimit) {
	case porcupine.Ok:
		return nil
	case porcupine.Unknown:
		return fmt.Errorf("no order of the %d operations was found, nor shown to be missing, within %s", len(operations), searchLimit)
	}
	_, info := porcupine.CheckOperationsVerbose(m, operations, searchLimit)
	return fmt.Errorf("the history is not linearizable: no order explains\n%sThe whole history is drawn in %s",
		unexplained(operations, info), draw(m, info))
}

// shownUnexplained is how many operations are listed that no order explains.
const shownUnexplained = 5

// unexplained lists the first operations that even the longest order leaves over.
func unexplained(operations []porcupine.Operation, info porcupine.LinearizationInfo) string {
	var longest []int
	for _, order := range info.PartialLinearizations()[0] {
		if len(order) > len(longest) {
			longest = order
		}
	}
	var lines []string
	for i, o := range operations {
		if !slices.Contains(longest, i) && o.Input.(operation).kind != pending {
			lines = append(lines, fmt.Sprintf("  client %d, from %d to %d: %s\n",
				o.ClientId, o.Call, o.Return, describe(o.Input.(operation), o.Output.(View))))
		}
	}
	return strings.Join(lines[:min(len(lines), shownUnexplained)], "")
}

// draw draws the history into a file that outlives the test.
func draw(m porcupine.Model, info porcupine.LinearizationInfo) string {
	file, err := os.CreateTemp("", "linearizability-*.html")
	if err == nil {
		err = porcupine.Visualize(m, info, file)
		file.Close()
	}
	if err != nil {
		return fmt.Sprintf("no file: %v", err)
	}
	return file.Name()
}
