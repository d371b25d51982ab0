package wire_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/verify/bench/sample"
	"accounttasks/internal/verify/hostile"
	"accounttasks/internal/verify/linear"
	"accounttasks/internal/wire"
)

func BenchmarkRead(b *testing.B) {
	body := func(f sample.Format, size int) []byte { return []byte(f.Body(sample.Parameters(size))) }
	sample.Run(b, body, func(b *testing.B, f sample.Format, body []byte) {
		if d, err := wire.ReadUpdate(wire.Body{Bytes: body, ContentType: f.ContentType}); err != nil || len(d.Problems) > 0 {
			b.Fatal(err, d.Problems)
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	xml := wire.Negotiate(map[string][]string{"Accept": {"application/xml"}})
	for name, format := range map[string]wire.Format{"json": wire.JSON, "xml": xml} {
		for _, size := range sample.Sizes {
			shown := &task.Task{
				ID: uuid.New(), Name: "Send scheduled report", Enabled: true, DateCreated: time.Now(), ClientID: uuid.New(),
				Definition: task.Definition{TaskID: uuid.New(), StartDate: time.Now(), Parameters: sample.Parameters(size), ContentType: task.ContentTypeJSON},
			}
			write := func() []byte {
				return wire.Envelope{UserID: "demo.user", Detail: wire.TaskDetail(shown, time.Now())}.Write(format)
			}
			b.Run(name+"/"+sample.SizeName(size), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(write())))
				for b.Loop() {
					write()
				}
			})
		}
	}
}

// functionShare is the share of a processor that Lambda gives to 256 MB.
const functionShare = 256.0 / 1769

// BenchmarkHostile reads bodies of 2 MiB, the largest that are read, each made to be expensive in one way. It also tells
// the time at the function's share of a processor, which must be far below the ten seconds of the function.
func BenchmarkHostile(b *testing.B) {
	for _, body := range hostile.Bodies {
		content := []byte(body.Of(linear.Large))
		b.Run(strings.ReplaceAll(body.Name, " ", "-"), func(b *testing.B) {
			b.SetBytes(int64(len(content)))
			for b.Loop() {
				wire.ReadUpdate(wire.Body{Bytes: content, ContentType: body.ContentType})
			}
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/functionShare, "s/op-at-256MB")
		})
	}
}
