package lambdahttp

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/api"
	"accounttasks/internal/telemetry"
)

func TestPanicInMakingTheRequestIsAnswered(t *testing.T) {
	var log, metrics bytes.Buffer
	recorder := telemetry.NewRecorder(slog.New(slog.NewJSONHandler(&log, nil)),
		telemetry.NewMetrics(func(string) string { return "f" }, time.Now, &metrics))
	w := httptest.NewRecorder()
	NewHandler(api.New(nil, nil, time.Now, recorder)).serve(t.Context(), w, func() (*http.Request, api.Body, error) { panic("bad event") })
	if got := w.Body.String(); w.Code != 500 || !strings.Contains(got, `"ErrorCode":"InternalError"`) || strings.Contains(got, "bad event") {
		t.Errorf("got %d and %s, want 500 and an envelope that tells nothing", w.Code, got)
	}
	for _, part := range []string{`"level":"ERROR"`, `"panic":"bad event"`, "TestPanicInMakingTheRequestIsAnswered", `"operation":"None"`} {
		if !strings.Contains(log.String(), part) || strings.Count(log.String(), "\n") != 1 {
			t.Errorf("got the log %s, want one record with %s", log.String(), part)
		}
	}
	if got := metrics.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, `"Code":"InternalError"`) {
		t.Errorf("got the metrics %s, want one internal error", got)
	}
}
