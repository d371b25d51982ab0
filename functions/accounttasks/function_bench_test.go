package main

import (
	"testing"

	"accounttasks/internal/verify/bench/sample"
)

// BenchmarkUpdate measures the whole function, with the SDK and a loopback connection to a table that answers
// immediately.
func BenchmarkUpdate(b *testing.B) {
	f := startOnCannedTable(b)
	sample.Run(b, sample.Format.Event, func(b *testing.B, _ sample.Format, event []byte) {
		if got := f.invoke(b, event).StatusCode; got != 200 {
			b.Fatalf("got %d, want 200", got)
		}
	})
}
