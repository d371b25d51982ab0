package dynamo_test

import (
	"net/http"
	"testing"

	"accounttasks/internal/task"
	"accounttasks/internal/verify/bench/sample"
)

// BenchmarkApply measures an update with the SDK and a connection over loopback.
func BenchmarkApply(b *testing.B) {
	e := &engine{answers: []http.HandlerFunc{absent}}
	table := e.start(b)
	for _, size := range sample.Sizes {
		w := aWrite()
		w.Definition = task.Definition{Parameters: sample.Parameters(size), ContentType: task.ContentTypeJSON}
		b.Run(sample.SizeName(size), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(size))
			for b.Loop() {
				if _, err := table.Update(b.Context(), w); task.AsError(err).Code != task.CodeTaskNotFound {
					b.Fatal(err)
				}
			}
		})
	}
}
