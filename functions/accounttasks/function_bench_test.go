package main

import (
	"testing"

	"accounttasks/internal/bench/sample"
)

// BenchmarkUpdate measures the whole function, with the SDK and a connection over loopback to a table that
// answers at once.
func BenchmarkUpdate(b *testing.B) {
	f := startOnCannedTable(b)
	for _, format := range sample.Formats {
		for _, size := range sample.Sizes {
			event := format.Event(size)
			b.Run(format.Name+"/"+sample.SizeName(size), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(event)))
				for b.Loop() {
					if got := f.invoke(b, event).StatusCode; got != 200 {
						b.Fatalf("got %d, want 200", got)
					}
				}
			})
		}
	}
}
