// Package demoworker owns the demonstration worker of the local stack. It takes the runs of the demo catalogue from the
// event bus, as a worker of the platform does: it does the work of a run once, however often the run's event comes, and
// reports the outcome to the bus.
//
// It knows the service by the events on the bus alone. examples/worker is a worker to start from.
package demoworker
