package openapitest

import (
	"encoding/json"
	"net/http"
	"regexp"
	"testing"
)

// envelope is what all envelopes have in common.
type envelope struct {
	Error        *struct{ ErrorCode string }
	ResponseData *struct {
		Identification *struct {
			UserID string `json:"UserId"`
		}
		Result string
		Detail json.RawMessage
	}
}

// checkBody fails the test unless an envelope agrees with its status and is spelled as the document promises. Other
// bodies, which are the gateway's and the token endpoint's, are left to their schemas.
func checkBody(t testing.TB, status int, body string) {
	t.Helper()
	var e envelope
	if err := json.Unmarshal([]byte(body), &e); err != nil || e.ResponseData == nil {
		return
	}
	succeeded := status == http.StatusOK
	showsTask := succeeded || status == http.StatusPreconditionFailed
	want := "Failure"
	if succeeded {
		want = "Success"
	}
	switch {
	case (e.Error == nil) != succeeded || e.ResponseData.Result != want:
		t.Errorf("the answer %d does not say %s: %s", status, want, body)
	case (string(e.ResponseData.Detail) != "null") != showsTask:
		t.Errorf("the answer %d has the detail %s", status, e.ResponseData.Detail)
	case showsTask && e.ResponseData.Identification == nil:
		t.Errorf("the answer %d does not say who called: %s", status, body)
	}
	CheckSpelling(t, body)
}

var (
	guidInAnyCase = regexp.MustCompile(`"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"`)
	guid          = regexp.MustCompile(`^"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"$`)
	dateInAnyForm = regexp.MustCompile(`"\d{4}-\d\d-\d\dT[^"]*"`)
	date          = regexp.MustCompile(`^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,6}[1-9])?\+00:00"$`)
)

// CheckSpelling fails the test on a GUID that is not in lower case, and on a date that is not in UTC with up to seven
// fraction digits, trailing zeros left out. The document says so in words: generators do not understand patterns.
func CheckSpelling(t testing.TB, body string) {
	t.Helper()
	for loose, strict := range map[*regexp.Regexp]*regexp.Regexp{guidInAnyCase: guid, dateInAnyForm: date} {
		for _, found := range loose.FindAllString(body, -1) {
			if !strict.MatchString(found) {
				t.Errorf("%s is not spelled as the document promises: %s", found, body)
			}
		}
	}
}
