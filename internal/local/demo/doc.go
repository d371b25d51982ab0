// Package demo holds the fixed local data that every printed example relies on:
// two OAuth clients on two accounts, a catalogue, and a few tasks. It must not
// know where it is put or who asks for it.
//
// None of it is a secret: the clients exist on a developer's machine only.
package demo
