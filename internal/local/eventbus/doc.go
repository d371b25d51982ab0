// Package eventbus is the local stack's EventBridge. It owns PutEvents over HTTP, the rules that send events to
// functions, and the event document that a function gets.
//
// It must not know where rules come from or how functions are invoked. It delivers some events twice, because
// EventBridge promises at least one delivery, not exactly one.
package eventbus
