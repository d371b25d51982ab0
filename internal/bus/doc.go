// Package bus sends events to workers through Amazon EventBridge, and reads those that workers send.
//
// It owns the names and the JSON of the events (contract section 9). It must not know when one is sent, or what a report
// changes.
package bus
