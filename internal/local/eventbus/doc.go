// Package eventbus is the local stack's EventBridge: it owns PutEvents over HTTP,
// the rules that say which event goes to which function, and the event document
// that a function gets.
//
// It must not know where rules were read or how functions are invoked: both come
// in. As EventBridge promises at least one delivery and not exactly one, it
// delivers some events twice.
package eventbus
