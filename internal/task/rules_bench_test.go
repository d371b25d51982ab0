package task_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/verify/bench/sample"
)

// instantStore applies every update at once.
type instantStore struct{ task.Store }

func (instantStore) Update(context.Context, task.ConditionalUpdate) (task.Result, error) {
	return task.Result{}, nil
}

func (instantStore) LoadCatalogue(context.Context) (task.CatalogueCopy, error) {
	return task.CatalogueCopy{Names: map[uuid.UUID]string{uuid.MustParse(sample.TaskID): "Send scheduled report"}}, nil
}

// BenchmarkUpdate measures the rules, and the fingerprint that an update gets.
func BenchmarkUpdate(b *testing.B) {
	catalogue := task.NewCatalogue(instantStore{}, time.Now, slog.New(slog.DiscardHandler))
	service := task.NewService(instantStore{}, catalogue, time.Now, uuid.New)
	for contentType, parameters := range map[string]func(size int) string{
		task.ContentTypeJSON: sample.Parameters, task.ContentTypeXML: sample.XMLParameters,
	} {
		for _, size := range sample.Sizes {
			draft := task.UpdateRequest{ID: uuid.MustParse(sample.ID)}
			draft.TaskID, draft.Parameters, draft.ContentType = uuid.MustParse(sample.TaskID), parameters(size), contentType
			for _, f := range task.BodyFields {
				draft.SetSentName(f, f.String())
			}
			b.Run(contentType[len("application/"):]+"/"+sample.SizeName(size), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(size))
				for b.Loop() {
					if _, err := service.Update(b.Context(), task.Caller{}, draft); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
