package wire_test

import (
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"accounttasks/internal/task"
)

// update is what a caller wants to say, in whatever format: an update or a registration.
type update struct {
	task.RequestBody
	// request is the name of the body, which is its root in XML.
	request string
	// missing are the required fields that the caller forgets.
	missing map[task.Field]bool
}

var (
	lastDate = time.Date(9999, time.December, 31, 23, 59, 59, 999_999_900, time.UTC)

	// texts are texts that XML can carry, rich in what the formats treat specially.
	texts = rapid.StringOf(rapid.OneOf(
		rapid.RuneFrom([]rune("\t\n\r \"\\/<>&'=+%[]{}:;,#?!-aZ09")),
		rapid.RuneFrom([]rune("äßſ\u212a€\u0085\u00a0\u2028\u3000\ufeff\ufffd😀\U0010ffff"), unicode.Latin, unicode.Han),
	))

	dates = rapid.OneOf(rapid.Just(time.Time{}), rapid.Custom(drawDate), rapid.SampledFrom([]time.Time{
		time.Time{}.Add(task.DateResolution), lastDate,
		time.Date(2024, time.February, 29, 0, 0, 0, 0, time.UTC),
		time.Date(2000, time.February, 29, 23, 59, 59, 999_999_900, time.UTC),
	}))
)

// drawDate draws a date of .NET's range, to the day, the second, the millisecond or the tick.
func drawDate(t *rapid.T) time.Time {
	seconds := rapid.Int64Range(time.Time{}.Unix(), lastDate.Unix()).Draw(t, "seconds")
	nanoseconds := rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")
	resolution := oneOf(t, "resolution", 24*time.Hour, time.Second, time.Millisecond, task.DateResolution)
	return time.Unix(seconds, nanoseconds).UTC().Truncate(resolution)
}

func drawUpdate(t *rapid.T) update {
	u := update{request: oneOf(t, "request", updateRequest, registration), missing: map[task.Field]bool{}}
	if !u.forgets(t, task.FieldTaskID) {
		u.TaskID = drawGUID(t)
	}
	if !u.forgets(t, task.FieldFrequency) {
		u.Frequency = task.Frequency(rapid.IntRange(0, len(task.Frequencies)-1).Draw(t, "frequency"))
	}
	if !u.forgets(t, task.FieldParameters) {
		u.Parameters = drawParameters(t)
	}
	if !u.forgets(t, task.FieldContentType) {
		u.ContentType = recased(t, oneOf(t, "content type", task.ContentTypeJSON, task.ContentTypeXML)) +
			oneOf(t, "parameter", "", "; charset=utf-8", `;q="1"`)
	}
	u.StartDate, u.FinishDate = dates.Draw(t, "start"), dates.Draw(t, "finish")
	u.Notification = task.Notification(rapid.IntRange(0, len(task.Notifications)-1).Draw(t, "notification"))
	u.Enabled = rapid.Ptr(rapid.Bool(), true).Draw(t, "enabled")
	return u
}

// forgets draws whether a required field is missing, and notes it.
func (u update) forgets(t *rapid.T, f task.Field) bool {
	u.missing[f] = rapid.IntRange(0, 19).Draw(t, "forgotten") == 19
	return u.missing[f]
}

// sends draws whether the field is written. A field whose value is the one it has by default may be left
// out.
func (u update) sends(t *rapid.T, f task.Field) bool {
	left := false
	switch f {
	case task.FieldEnabled:
		left = u.Enabled == nil
	case task.FieldStartDate:
		left = u.StartDate.IsZero()
	case task.FieldFinishDate:
		left = u.FinishDate.IsZero()
	case task.FieldNotification:
		left = u.Notification == task.NotificationNone
	}
	return !u.missing[f] && (!left || flip(t, "written"))
}

func drawGUID(t *rapid.T) uuid.UUID {
	id := rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "GUID")
	return uuid.UUID(id)
}

// drawParameters draws a document, a bare JSON value or any other text that is not blank.
func drawParameters(t *rapid.T) string {
	s := texts.Draw(t, "text")
	switch rapid.IntRange(0, 3).Draw(t, "kind of parameters") {
	case 0:
		return `{"to":` + plainJSON(s) + `,"retries":[1,2.50]}`
	case 1:
		return `<?xml version="1.0"?><p:parameters xmlns:p="u"><to>` + plainXML(s) + `</to></p:parameters>`
	case 2:
		return oneOf(t, "bare value", "5.50", "-0", "1e5", "true", "false", "null", "12345678901234567890")
	}
	if strings.TrimSpace(s) == "" {
		s += "x"
	}
	return s
}

// drawTask draws a stored task, with everything that may be unknown of it sometimes unknown.
func drawTask(t *rapid.T) task.Task {
	u := drawUpdate(t)
	u.ContentType = oneOf(t, "content type", task.ContentTypeJSON, task.ContentTypeXML)
	drawn := task.Task{ID: drawGUID(t), Definition: u.Definition, Enabled: u.Enabled != nil && *u.Enabled}
	drawn.Name, drawn.LastRunBy, drawn.LastModifiedBy = texts.Draw(t, "name"), texts.Draw(t, "by"), texts.Draw(t, "by")
	drawn.DateCreated, drawn.DateModified, drawn.LastRunOn = dates.Draw(t, "created"), dates.Draw(t, "modified"), dates.Draw(t, "run")
	if flip(t, "client known") {
		drawn.ClientID = drawGUID(t)
	}
	return drawn
}

func flip(t *rapid.T, label string) bool { return rapid.Bool().Draw(t, label) }

func oneOf[V any](t *rapid.T, label string, values ...V) V {
	return rapid.SampledFrom(values).Draw(t, label)
}
