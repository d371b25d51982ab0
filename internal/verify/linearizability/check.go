package linearizability

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
)

// Time limits of the search. The first is far more than a history of a thousand calls needs. The second is for drawing
// a history that is not linearizable.
const (
	searchLimit = time.Minute
	drawLimit   = 2 * time.Second
)

// Check searches for an order of the calls that explains every answer. The error says that there is no such order, or
// that none was found in time. It names the calls that do not fit, and a file with the whole history for a browser.
func (h *History) Check() error {
	operations, changes := h.operations()
	m := model{initial: h.initial, changes: changes, hints: newHints(h.initial, operations)}
	verdict := "the history is not linearizable: no order explains"
	switch porcupine.CheckOperationsTimeout(m.porcupine(true), operations, searchLimit) {
	case porcupine.Ok:
		return nil
	case porcupine.Unknown:
		verdict = fmt.Sprintf("no order of the history was found within %s, nor shown to be missing; some do not explain", searchLimit)
	}
	// Without the hints the search goes as far as it can, which shows more of the calls that do not fit.
	drawn := m.porcupine(false)
	_, info := porcupine.CheckOperationsVerbose(drawn, operations, drawLimit)
	return fmt.Errorf("%s\n%sThe whole history is drawn in %s", verdict, unexplained(operations, info), draw(drawn, info))
}

// shownUnexplained is the maximum number of unexplained operations in the error.
const shownUnexplained = 5

// unexplained lists the first operations that are not part of the longest order.
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

// draw draws the history into a file that remains after the test.
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
