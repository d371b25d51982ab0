package bus

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
	"accounttasks/internal/wellformed"
)

// Envelope is an event as EventBridge hands it to a function.
type Envelope struct {
	ID         string          `json:"id"`
	DetailType string          `json:"detail-type"`
	Source     string          `json:"source"`
	Detail     json.RawMessage `json:"detail"`
}

// ReadReport reads the event Account Task Finished. The error names every member of its detail that is wrong, and what
// would be right. It does not repeat a value, which may be anything that a worker has at hand. With an error, the report
// has the members that are right, for the log. Members that the contract does not have are ignored.
func ReadReport(e Envelope) (run.Report, error) {
	if e.DetailType != TaskFinished {
		return run.Report{}, fmt.Errorf("the detail-type must be %q", TaskFinished)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(e.Detail, &members); err != nil || members == nil {
		return run.Report{}, errors.New("the detail must be a JSON object")
	}
	d := &detailReader{members: members}
	d.version()
	report := run.Report{
		Key:     run.Key{Ref: run.Ref{AccountID: d.account(), ID: d.guid("id")}, Position: run.Position{Due: d.date("due"), RunID: d.guid("runId")}},
		Outcome: d.outcome(), Message: d.message(),
	}
	if len(d.problems) > 0 {
		return report, errors.New(strings.Join(d.problems, "; "))
	}
	return report, nil
}

// detailReader reads the members of a detail and collects what is wrong with them. Names are compared exactly.
type detailReader struct {
	members  map[string]json.RawMessage
	problems []string
}

func (d *detailReader) fail(name, want string) {
	d.problems = append(d.problems, name+" must be "+want)
}

// text reads a string; ok is false for any other value and where there is none.
func (d *detailReader) text(name string) (value string, ok bool) {
	var read *string
	if json.Unmarshal(d.members[name], &read) != nil || read == nil {
		return "", false
	}
	return *read, true
}

func (d *detailReader) version() {
	written, sent := d.members["version"]
	var version int
	if sent && (json.Unmarshal(written, &version) != nil || version != Version) {
		d.fail("version", fmt.Sprintf("%d, or left out", Version))
	}
}

func (d *detailReader) account() string {
	account, ok := d.text("account")
	if !ok || task.CheckAccountID(account) != nil {
		d.fail("account", "that of the run's event")
		return ""
	}
	return account
}

func (d *detailReader) guid(name string) uuid.UUID {
	const hyphenated = 36 // characters
	written, _ := d.text(name)
	id, err := uuid.Parse(written)
	if len(written) != hyphenated || err != nil {
		d.fail(name, "the GUID of the run's event")
		return uuid.Nil
	}
	return id
}

func (d *detailReader) date(name string) time.Time {
	written, _ := d.text(name)
	t, err := time.Parse(time.RFC3339Nano, written)
	if err != nil || !t.Equal(t.Truncate(task.DateResolution)) {
		d.fail(name, "the date of the run's event, with all its digits")
	}
	return t.UTC()
}

func (d *detailReader) outcome() run.Outcome {
	written, _ := d.text("outcome")
	outcome := run.Outcome(written)
	if outcome != run.OutcomeSuccess && outcome != run.OutcomeFailed {
		d.fail("outcome", fmt.Sprintf("%s or %s", run.OutcomeSuccess, run.OutcomeFailed))
		return ""
	}
	return outcome
}

// message reads the message, which may be null or left out.
func (d *detailReader) message() string {
	written, sent := d.members["message"]
	if !sent || string(written) == "null" {
		return ""
	}
	message, ok := d.text("message")
	_, forbidden := wellformed.ForbiddenInXML(message)
	if !ok || utf8.RuneCountInString(message) > run.MessageLimit || forbidden || strings.ContainsFunc(message, isControl) {
		d.fail("message", fmt.Sprintf("text of at most %d characters without control characters, or left out", run.MessageLimit))
	}
	return message
}

// isControl reports whether a message may not contain the character. It may have several lines.
func isControl(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\t\n\r", r) }
