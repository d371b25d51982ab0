// Package faults is an unreliable network between the service and its table, for tests. It stands where the
// SDK's HTTP transport stands; every attempt of an update that crosses it meets a fate drawn from a seed:
// it or its answer is lost, delayed, doubled, refused, or held back until other updates have been made.
//
// It keeps one promise: no more than a given number of other updates of a task come between the first time
// that a write is applied and the last time that one of its attempts arrives. The register of write tokens
// promises nothing beyond that (contract section 5.13).
//
// It knows UpdateItem and the name of the write token in it, and nothing else of the service.
package faults
