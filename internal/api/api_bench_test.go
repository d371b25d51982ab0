package api_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"accounttasks/internal/api"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
	"accounttasks/internal/verify/bench/sample"
)

// BenchmarkServeHTTP measures a request without the rules and the table.
func BenchmarkServeHTTP(b *testing.B) {
	caller := task.NewCaller("a", "u", "c", task.ScopeWrite)
	service := api.New(clienttest.Only{Caller: caller}, sample.Echo{}, time.Now, telemetry.Discard())
	body := func(f sample.Format, size int) []byte { return []byte(f.Body(sample.Parameters(size))) }
	sample.Run(b, body, func(b *testing.B, f sample.Format, body []byte) {
		r := httptest.NewRequestWithContext(b.Context(), http.MethodPut, "/api/v1/admin/tasks/account/"+sample.ID, bytes.NewReader(body))
		r.Header.Set("Content-Type", f.ContentType)
		r.Header.Set("Authorization", "Bearer token")
		w := httptest.NewRecorder()
		if service.ServeHTTP(w, r); w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	})
}
