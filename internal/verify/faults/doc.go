// Package faults is an unreliable network between the service and its table, for tests. It replaces the SDK's HTTP
// transport. A seed decides the fate of every attempt to update an item, or to read or write a batch. The attempt or
// its answer is lost, delayed, doubled, refused, or held back for seconds while other attempts update the task.
//
// The package knows three operations of DynamoDB and the name of the write token. It must not know anything else of the
// service. It waits only with sleeps, so that a test in a bubble of testing/synctest takes no real time.
package faults
