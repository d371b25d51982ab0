// Package demo owns the fixed local data of every printed example: two OAuth clients on two accounts, a catalogue, and
// a few tasks. It must not know which table gets the data or which program uses it.
//
// None of it is secret: the clients exist only on a developer's machine.
package demo
