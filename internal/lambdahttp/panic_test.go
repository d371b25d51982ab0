package lambdahttp_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"accounttasks/internal/task"
)

// checkPanicRecord checks that there is exactly one record, with the panic and its stack.
func checkPanicRecord(t *testing.T, log, message, function string) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(log, "\n"), "\n")
	var record struct{ Level, Msg, Operation, Panic, Stack string }
	if err := json.Unmarshal([]byte(lines[0]), &record); err != nil || len(lines) != 1 {
		t.Fatalf("got the records %q, want one", lines)
	}
	if record.Level != "ERROR" || record.Msg != "request" || record.Operation != "UpdateTask" {
		t.Errorf("got the record %+v, want the request's", record)
	}
	if record.Panic != message || !strings.Contains(record.Stack, function) {
		t.Errorf("got the record %+v, want the panic %q in %s", record, message, function)
	}
}

var internalErrorInXML = `<Error><ErrorCode>InternalError</ErrorCode><ErrorReason>` + task.AsError(errors.New("any")).Reason + `</ErrorReason></Error>` +
	`<ResponseData><Result>Failure</Result><Identification><UserId>demo.user</UserId></Identification></ResponseData></ResponseOfAccountTaskResponse>`

func TestPanicInTheServiceIsAnswered(t *testing.T) {
	inXML := []func(object){with("text/xml", "headers", "accept"), with([]string{"text/xml"}, "multiValueHeaders", "accept")}
	for version, make := range bothVersions {
		for message, panics := range map[string]any{
			"secret state":     "secret state",
			"secret error":     errors.New("secret error"),
			"secret refusal: ": &task.Error{Code: "secret refusal"},
		} {
			s := newStage()
			s.updater.panics = panics
			r := s.invoke(t, make(inXML...))
			if r.StatusCode != 500 || !strings.HasPrefix(r.Body, "<ResponseOfAccountTaskResponse ") ||
				!strings.HasSuffix(r.Body, internalErrorInXML) || strings.Contains(r.Body, "secret") {
				t.Errorf("%s, %s: got %d and %s, want 500 and one envelope that tells nothing", version, message, r.StatusCode, r.Body)
			}
			if got := headerOf(r, "Etag"); got != "" {
				t.Errorf("%s, %s: got the ETag %s, want none", version, message, got)
			}
			checkPanicRecord(t, s.log.String(), message, "(*updater).Update")
			if strings.Count(s.metrics.String(), "\n") != 1 || !strings.Contains(s.metrics.String(), `"Code":"InternalError"`) {
				t.Errorf("%s, %s: got the metrics %q, want one internal error", version, message, s.metrics.String())
			}
		}
	}
}

func TestNextEventIsServedAfterAPanic(t *testing.T) {
	s := newStage()
	s.updater.panics = "once"
	s.invoke(t, eventV2())
	s.updater.panics = nil
	if got := s.invoke(t, eventV2()); got.StatusCode != 200 {
		t.Errorf("got %d and %s, want a success", got.StatusCode, got.Body)
	}
}
