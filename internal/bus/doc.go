// Package bus sends events to workers through Amazon EventBridge.
//
// It owns the names and the JSON of the events (contract section 8). It must not know when one is sent.
package bus
