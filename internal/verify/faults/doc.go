// Package faults is an unreliable network between the service and its table, for tests. It stands where the
// SDK's HTTP transport stands; every attempt of an update that crosses it meets a fate drawn from a seed:
// it or its answer is lost, delayed, doubled, refused, or held back for seconds while others update the task.
//
// It knows UpdateItem and the name of the write token in it, and nothing else of the service. All that takes time
// sleeps, so that a test in a bubble of testing/synctest waits for none of it.
package faults
