// Package faults is an unreliable network between the service and its table, for tests. It replaces the SDK's HTTP
// transport. The fate of every attempt to update an item, or to read or write a batch, is drawn from a seed: it or its
// answer is lost, delayed, doubled, refused, or held back for seconds while others update the task.
//
// It knows three operations of DynamoDB and the name of the write token, and must not know anything else of the service.
// All that takes time sleeps, so that a test in a bubble of testing/synctest waits for none of it.
package faults
