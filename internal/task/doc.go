// Package task is the domain: what a scheduled task on an account is, which updates of it are allowed,
// and how one update is carried out. It implements sections 1 and 5 of the published contract.
//
// It must not know HTTP, wire formats or AWS. Time, identifiers and storage are passed in from
// outside, so that every rule can be read and tested on its own.
package task
