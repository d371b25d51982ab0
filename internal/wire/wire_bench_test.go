package wire_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/bench/sample"
	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

func BenchmarkRead(b *testing.B) {
	for _, format := range sample.Formats {
		for _, size := range sample.Sizes {
			body := []byte(format.Body(sample.Parameters(size)))
			b.Run(format.Name+"/"+sample.SizeName(size), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(body)))
				for b.Loop() {
					if d, err := wire.Read(b.Context(), format.ContentType, body); err != nil || len(d.Problems) > 0 {
						b.Fatal(err, d.Problems)
					}
				}
			})
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	xml := wire.Negotiate(map[string][]string{"Accept": {"application/xml"}})
	for name, format := range map[string]wire.Format{"json": wire.JSON, "xml": xml} {
		for _, size := range sample.Sizes {
			envelope := wire.Envelope{UserID: "demo.user", Now: time.Now(), Detail: &task.Task{
				ID: uuid.New(), Name: "Send scheduled report", Enabled: true, DateCreated: time.Now(), ClientID: uuid.New(),
				Definition: task.Definition{TaskID: uuid.New(), StartDate: time.Now(), Parameters: sample.Parameters(size), ContentType: task.ContentTypeJSON},
			}}
			b.Run(name+"/"+sample.SizeName(size), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(envelope.Write(format))))
				for b.Loop() {
					envelope.Write(format)
				}
			})
		}
	}
}
