package stack

import (
	"context"

	"accounttasks/internal/bus"
	"accounttasks/internal/local/asyncinvoke"
	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/demoworker"
	"accounttasks/internal/local/eventbus"
)

const (
	// demoWorker is the demonstration worker's name beside the functions' logical ids, which have no hyphen.
	demoWorker = "demonstration-worker"
	// demoWorkerRetries are those of a function where the template names none.
	demoWorkerRetries = 2
)

// demoWorkerRule sends the worker the due runs of the demo catalogue. Runs of other entries are for the user's own worker.
func demoWorkerRule(busName string) eventbus.Rule {
	pattern, err := eventbus.NewPattern(map[string]any{
		"source": []string{bus.Source}, "detail-type": []string{bus.TaskDue},
		"detail": map[string]any{"taskId": []string{
			demo.SendReport.String(), demo.ImportAddressBook.String(), demo.PurgeMessages.String(),
		}},
	})
	if err != nil {
		panic(err) // a constant pattern
	}
	return eventbus.Rule{Name: demoWorker, Bus: busName, Pattern: pattern, Functions: []string{demoWorker}}
}

// withDemoWorker gives the worker its events, and all others to next.
func withDemoWorker(next asyncinvoke.Invoke, worker *demoworker.Worker) asyncinvoke.Invoke {
	return func(ctx context.Context, function string, event []byte) error {
		if function == demoWorker {
			return worker.Take(ctx, event)
		}
		return next(ctx, function, event)
	}
}
