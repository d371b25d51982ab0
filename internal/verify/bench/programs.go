package main

import (
	"cmp"
	"os"
	"path/filepath"
)

// The names of the compared programs, as the tables show them.
const (
	empty       = "empty"
	floor       = "floor"
	floorSingle = "floor, GOMAXPROCS=1"
	floorWarmed = "floor, warmed up"
	unwarmed    = "function, not warmed up"
	function    = "function"
	register    = "function, register"
	read        = "function, read"

	goSample  = "Go, as AWS's sample"
	rustAWSLC = "Rust, AWS-LC"
	rustRing  = "Rust, ring"
	rustReads = "Rust, ring, three requests"
)

// comparison is what one run compares.
type comparison struct {
	name     string
	programs []program
	bases    []string // the programs that ratios are taken to
	targets  []target
}

// comparisonOf returns the comparison that the options ask for. By default Go also reads the system's folders of
// certificates, which the function does not. The others get an empty folder.
func comparisonOf(o options, noCertificates string) (comparison, error) {
	binary := func(name string) string { return filepath.Join(o.host, name) }
	var errs [3]error
	event := func(name string, err *error) (content []byte) {
		content, *err = os.ReadFile(filepath.Join(o.events, name))
		return content
	}
	updating := event("v2-json.json", &errs[0])
	registering, reading := event("v2-register.json", &errs[1]), event("v2-read.json", &errs[2])
	oneBundle := "SSL_CERT_DIR=" + noCertificates
	ours := program{name: function, binary: binary("accounttasks"), event: updating, throttled: true}
	if o.peers {
		return comparison{"peers", []program{
			ours,
			{name: goSample, binary: binary("gosample"), event: updating, variables: []string{oneBundle}, throttled: true},
			{name: rustAWSLC, binary: binary("rust-aws-lc"), event: updating, variables: []string{oneBundle}, throttled: true, foreign: true},
			{name: rustRing, binary: binary("rust-ring"), event: updating, variables: []string{oneBundle}, throttled: true, foreign: true},
			{name: rustReads, binary: binary("rust-reads"), event: updating, variables: []string{oneBundle}, throttled: true, foreign: true},
		}, []string{rustRing}, peerTargets}, cmp.Or(errs[:]...)
	}
	return comparison{"floors", []program{
		ours,
		{name: register, binary: ours.binary, event: registering},
		{name: read, binary: ours.binary, event: reading},
		{name: unwarmed, binary: binary("unwarmed"), event: updating},
		{name: floor, binary: binary("floor"), event: updating, variables: []string{oneBundle}, throttled: true},
		{name: floorSingle, binary: binary("floor"), event: updating, variables: []string{oneBundle, "GOMAXPROCS=1"}},
		{name: floorWarmed, binary: binary("floor"), event: updating, variables: []string{oneBundle, "WARM_UP=1"}},
		{name: empty, binary: binary("empty"), event: updating, variables: []string{oneBundle}},
	}, []string{floor, empty}, floorTargets}, cmp.Or(errs[:]...)
}
