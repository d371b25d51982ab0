package lambdahttp_test

import (
	"bytes"
	"testing"
	"time"

	"accounttasks/internal/api"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/lambdahttp"
	"accounttasks/internal/telemetry"
	"accounttasks/internal/verify/bench/sample"
)

// BenchmarkInvoke measures the decoding of an event and the encoding of an answer, without the rules and the table.
func BenchmarkInvoke(b *testing.B) {
	handler := lambdahttp.NewHandler(api.New(clienttest.Only{Caller: demoCaller}, sample.Echo{}, time.Now, telemetry.Discard()))
	sample.Run(b, sample.Format.Event, func(b *testing.B, _ sample.Format, event []byte) {
		answer, err := handler.Invoke(b.Context(), event)
		if err != nil || !bytes.Contains(answer, []byte(`"statusCode":200`)) {
			b.Fatalf("%s, %v", answer, err)
		}
	})
}
