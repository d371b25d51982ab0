package stack

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"accounttasks/internal/bus"
	"accounttasks/internal/local/asyncinvoke"
	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/demoworker"
	"accounttasks/internal/local/eventbus"
	"accounttasks/internal/local/samtemplate"
	"accounttasks/internal/local/table"
)

// workerName is the worker's name beside the functions' logical ids, which have no hyphen. workerRetries lets an event
// come five times, as from the queue of examples/worker.
const (
	workerName    = "the-worker"
	workerRetries = 4
)

// worker takes runs that are due.
type worker struct {
	rule eventbus.Rule
	// take gets the event of a run. After an error the same event comes again.
	take  func(ctx context.Context, event []byte) error
	close func()
}

// newWorker makes the worker of the configuration. Without one, it is the zero worker.
func newWorker(c Config, template samtemplate.Template, local variables, out *console) (w worker, err error) {
	switch {
	case len(template.Buses) == 0, c.Worker == "" && !c.DemoWorker:
		return worker{}, nil
	case c.Worker == "":
		reports := demoworker.NewEventBridge(local[busEndpoint], local["AWS_REGION"], template.Buses[0])
		w = worker{take: demoworker.New(reports, out).Take, close: func() {}}
		// Runs of entries that the user has added are not for the demonstration worker.
		w.rule, err = dueRule(template.Buses[0], demo.SendReport.String(), demo.ImportAddressBook.String(), demo.PurgeMessages.String())
		return w, err
	case isURL(c.Worker):
		w = worker{take: urlWorker(c.Worker).take, close: func() {}}
		w.rule, err = dueRule(template.Buses[0])
		return w, err
	}
	own := maps.Clone(local)
	own["EVENT_BUS"], own["TASK_TABLE"], own["RUNS_TABLE"] = template.Buses[0], c.TableName, table.WorkerRuns(c.TableName)
	function, err := newFunctionWorker(c.Worker, own, out)
	if err != nil {
		return worker{}, fmt.Errorf("the worker in %s: %w", c.Worker, err)
	}
	w = worker{take: function.take, close: function.pool.Close}
	w.rule, err = dueRule(template.Buses[0])
	return w, err
}

// dueRule sends the worker the due runs of these catalogue entries, or of all if there are none.
func dueRule(busName string, taskIDs ...string) (eventbus.Rule, error) {
	members := map[string]any{"source": []string{bus.Source}, "detail-type": []string{bus.TaskDue}}
	if len(taskIDs) > 0 {
		members["detail"] = map[string]any{"taskId": taskIDs}
	}
	pattern, err := eventbus.NewPattern(members)
	return eventbus.Rule{Name: workerName, Bus: busName, Pattern: pattern, Functions: []string{workerName}}, err
}

// addTo adds the worker to the rules and to the functions that events invoke.
func (w worker) addTo(rules []eventbus.Rule, invoke asyncinvoke.Invoke) ([]eventbus.Rule, asyncinvoke.Invoke) {
	if w.take == nil {
		return rules, invoke
	}
	return append(slices.Clip(rules), w.rule), func(ctx context.Context, function string, event []byte) error {
		if function == workerName {
			return w.take(ctx, event)
		}
		return invoke(ctx, function, event)
	}
}
