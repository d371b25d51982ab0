package lambdahttp_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/wellformed"
)

// envelope is an answer as a client decodes it; a null value is empty.
type envelope struct {
	XMLName xml.Name `json:"-"`
	Error   struct {
		ErrorCode, ErrorReason string
	}
	ResponseData struct {
		Identification struct {
			UserID string `json:"UserId" xml:"UserId"`
		}
		Result string
		Detail *shown
	}
}

// shown is the content of an answer: a task, or a list.
type shown struct {
	detail
	AccountTaskResponse, TaskResponse []detail // the entries of a list in XML
	isList                            bool
}

func (s *shown) UnmarshalJSON(written []byte) error {
	var into any = &s.detail
	if s.isList = written[0] == '['; s.isList {
		into = &s.AccountTaskResponse
	}
	decoder := json.NewDecoder(bytes.NewReader(written))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// detail is the task in an answer. As an update it changes nothing.
type detail struct {
	ID, TaskID, Name                     string
	Enabled                              bool
	Frequency                            string
	StartDate, FinishDate                string
	Parameters, ContentType              string
	Notification                         string
	DateCreated, DateModified, LastRunOn string
	LastRunBy, LastModifiedBy            string
	Status, ClientID                     string
}

// checkReply checks that an answer is one of the published envelopes, and not too large for the event.
func checkReply(t *testing.T, r reply, eventSize int) envelope {
	t.Helper()
	answer := readEnvelope(t, r)
	switch {
	case r.Body == "" && (r.StatusCode == http.StatusOK || slices.Contains(refusals, r.StatusCode)):
	case r.StatusCode == http.StatusOK:
		checkSuccess(t, r, answer)
	default:
		checkFailure(t, r, answer)
	}
	// An escape turns one byte into five at most.
	if limit := 8<<10 + 5*eventSize; len(r.Body) > limit {
		t.Errorf("an event of %d bytes was answered with %d", eventSize, len(r.Body))
	}
	return answer
}

func readEnvelope(t *testing.T, r reply) (answer envelope) {
	t.Helper()
	if r.Body == "" {
		return answer // to HEAD
	}
	var err error
	if strings.Contains(headerOf(r, "Content-Type"), "/xml;") {
		if err = wellformed.XML(r.Body); err == nil {
			err = xml.Unmarshal([]byte(r.Body), &answer)
		}
		if answer.ResponseData.Detail != nil {
			answer.ResponseData.Detail.isList = strings.HasPrefix(answer.XMLName.Local, "ResponseOfListOf")
		}
	} else {
		decoder := json.NewDecoder(bytes.NewReader([]byte(r.Body)))
		decoder.DisallowUnknownFields()
		err = decoder.Decode(&answer)
	}
	if err != nil || r.IsBase64Encoded {
		t.Fatalf("%d %q as %s does not read: %v", r.StatusCode, r.Body, headerOf(r, "Content-Type"), err)
	}
	return answer
}

// headerOf is a header of an answer of either version.
func headerOf(r reply, name string) string {
	if values := r.MultiValueHeaders[name]; len(values) > 0 {
		return values[0]
	}
	return r.Headers[name]
}

func checkSuccess(t *testing.T, r reply, answer envelope) {
	t.Helper()
	if answer.Error.ErrorCode != "" || answer.ResponseData.Result != "Success" || answer.ResponseData.Detail == nil {
		t.Fatalf("a success was answered with %s and %v", r.Body, r)
	}
}

// refusals are the statuses of refusals while the table works.
var refusals = []int{400, 401, 403, 404, 405, 412, 413, 415, 422}

func checkFailure(t *testing.T, r reply, answer envelope) {
	t.Helper()
	if !slices.Contains(refusals, r.StatusCode) {
		t.Errorf("answered with %d: %s", r.StatusCode, r.Body)
	}
	if answer.Error.ErrorCode == "" || !strings.HasSuffix(answer.Error.ErrorReason, ".") || answer.ResponseData.Result != "Failure" {
		t.Errorf("a failure was answered with %s", r.Body)
	}
	if shown := answer.ResponseData.Detail != nil; shown != (r.StatusCode == http.StatusPreconditionFailed) {
		t.Errorf("%d shows the task: %t", r.StatusCode, shown)
	}
}

// checkUpdateAgain sends an answer's Detail as an update, which must change nothing.
func checkUpdateAgain(t *testing.T, invoke func(sent) reply, want detail) {
	t.Helper()
	again := sent{method: http.MethodPut, path: taskPath, contentType: "application/json", body: marshal(want)}
	r := invoke(again)
	answer := readEnvelope(t, r)
	if r.StatusCode != http.StatusOK || answer.ResponseData.Detail.detail != want {
		t.Errorf("%+v\nsent again was answered with %d\n%s", want, r.StatusCode, r.Body)
	}
}

// checkRead reads a task, which must equal the last answer.
func checkRead(t *testing.T, invoke func(sent) reply, path string, want detail) {
	t.Helper()
	r := invoke(sent{method: http.MethodGet, path: path})
	if r.StatusCode != http.StatusOK || readEnvelope(t, r).ResponseData.Detail.detail != want {
		t.Errorf("%+v\nis read at %s as %d\n%s", want, path, r.StatusCode, r.Body)
	}
}
