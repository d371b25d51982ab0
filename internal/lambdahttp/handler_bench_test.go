package lambdahttp_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"accounttasks/internal/api"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/lambdahttp"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
	"accounttasks/internal/verify/bench/sample"
)

// echo answers every update with the task that it would make.
type echo struct{ api.Tasks }

func (echo) Update(_ context.Context, _ task.Caller, d task.UpdateRequest) (task.Result, error) {
	return task.Result{Task: task.Task{ID: d.ID, Definition: d.Definition, Name: "Send scheduled report", Enabled: true}}, nil
}

// BenchmarkInvoke measures the decoding of an event and the encoding of an answer, without the rules and the table.
func BenchmarkInvoke(b *testing.B) {
	handler := lambdahttp.NewHandler(api.New(clienttest.Only{Caller: demoCaller}, echo{}, time.Now, telemetry.Discard()))
	sample.Run(b, sample.Format.Event, func(b *testing.B, _ sample.Format, event []byte) {
		answer, err := handler.Invoke(b.Context(), event)
		if err != nil || !bytes.Contains(answer, []byte(`"statusCode":200`)) {
			b.Fatalf("%s, %v", answer, err)
		}
	})
}
