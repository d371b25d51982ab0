package lambdahttp

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/api"
	"accounttasks/internal/task"
)

// brittle is a service that panics as told.
type brittle struct {
	*api.API
	panics func(w http.ResponseWriter, r *http.Request)
}

func (b *brittle) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.panics(w, r)
	b.API.ServeHTTP(w, r)
}

const (
	panicV2 = `{"version":"2.0","rawPath":"/x","headers":{"accept":"text/xml"},"requestContext":{"http":{"method":"PUT"},` +
		`"authorizer":{"jwt":{"claims":{"account_id":"a","user_id":"demo.user","client_id":"c"}}}}}`
	panicV1 = `{"path":"/x","httpMethod":"PUT","headers":{"accept":"text/xml"},` +
		`"requestContext":{"authorizer":{"claims":{"account_id":"a","user_id":"demo.user","client_id":"c"}}}}`
)

func newBrittle() (*brittle, *Handler, *bytes.Buffer) {
	log := &bytes.Buffer{}
	b := &brittle{API: api.New(nil, time.Now, slog.New(slog.DiscardHandler))}
	return b, NewHandler(b, slog.New(slog.NewJSONHandler(log, nil))), log
}

// checkPanicRecord demands exactly one record, with the panic and the stack that leads to it.
func checkPanicRecord(t *testing.T, log *bytes.Buffer, message, function string) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(log.String(), "\n"), "\n")
	var record struct{ Level, Msg, Panic, Stack string }
	if err := json.Unmarshal([]byte(lines[0]), &record); err != nil || len(lines) != 1 {
		t.Fatalf("got the records %q, want one", lines)
	}
	if record.Level != "ERROR" || record.Panic != message || !strings.Contains(record.Stack, function) {
		t.Errorf("got the record %+v, want the panic %q in %s", record, message, function)
	}
}

const wantXML = `<ErrorCode>InternalError</ErrorCode><ErrorReason>An internal error occurred.</ErrorReason></Error>` +
	`<ResponseData><Result>Failure</Result><Identification><UserId>demo.user</UserId></Identification></ResponseData></ResponseOfAccountTaskResponse>`

func TestPanicInTheServiceIsAnswered(t *testing.T) {
	for version, event := range map[string]string{"v2": panicV2, "v1": panicV1} {
		for name, panics := range map[string]func(http.ResponseWriter, *http.Request){
			"before an answer": func(http.ResponseWriter, *http.Request) { panic("secret state") },
			"within an answer": func(w http.ResponseWriter, _ *http.Request) { half(w); panic("secret state") },
			"behind a whole one": func(w http.ResponseWriter, r *http.Request) {
				api.New(nil, time.Now, slog.New(slog.DiscardHandler)).ServeHTTP(w, r)
				panic("secret state")
			},
			"with an error value": func(http.ResponseWriter, *http.Request) { panic(&task.Error{Code: "secret state"}) },
		} {
			b, h, log := newBrittle()
			b.panics = panics
			got, err := h.Invoke(t.Context(), []byte(event))
			if err != nil {
				t.Fatalf("%s, %s: the handler failed: %v", version, name, err)
			}
			var r struct {
				StatusCode        int
				Headers           map[string]string
				MultiValueHeaders map[string][]string
				Body              string
			}
			if err := json.Unmarshal(got, &r); err != nil {
				t.Fatal(err)
			}
			if r.StatusCode != 500 || !strings.HasPrefix(r.Body, "<ResponseOfAccountTaskResponse ") || !strings.HasSuffix(r.Body, "<Error>"+wantXML) || strings.Contains(r.Body, "secret") {
				t.Errorf("%s, %s: got %d and %s, want 500 and one envelope that tells nothing", version, name, r.StatusCode, r.Body)
			}
			if r.Headers["Etag"] != "" || r.MultiValueHeaders["Etag"] != nil {
				t.Errorf("%s, %s: a header of the answer that was given up is left", version, name)
			}
			message := "secret state"
			if name == "with an error value" {
				message = "secret state: "
			}
			checkPanicRecord(t, log, message, "TestPanicInTheServiceIsAnswered")
		}
	}
}

func half(w http.ResponseWriter) {
	w.Header().Set("ETag", `"1-a"`)
	w.WriteHeader(http.StatusOK)
	w.Write([]byte(`{"Error":null,`))
}

func TestPanicInMakingTheRequestIsAnswered(t *testing.T) {
	_, h, log := newBrittle()
	w := serve(h, httptest.NewRecorder, func() (*http.Request, error) { panic("bad event") })
	if got := w.Body.String(); w.Code != 500 || !strings.Contains(got, `"ErrorCode":"InternalError"`) || strings.Contains(got, "bad event") {
		t.Errorf("got %d and %s, want 500 and an envelope that tells nothing", w.Code, got)
	}
	checkPanicRecord(t, log, "bad event", "TestPanicInMakingTheRequestIsAnswered")
}

func TestNextEventIsServedAfterAPanic(t *testing.T) {
	b, h, _ := newBrittle()
	b.panics = func(http.ResponseWriter, *http.Request) { panic("once") }
	if _, err := h.Invoke(t.Context(), []byte(panicV2)); err != nil {
		t.Fatal(err)
	}
	b.panics = func(http.ResponseWriter, *http.Request) {}
	got, err := h.Invoke(t.Context(), []byte(panicV2))
	if err != nil || !bytes.Contains(got, []byte(`"statusCode":404`)) || !bytes.Contains(got, []byte("RouteNotFound")) {
		t.Errorf("got %s and %v, want the answer to an unknown path", got, err)
	}
}
