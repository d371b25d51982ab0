package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/lambdahttp"
	"accounttasks/internal/task"
)

const (
	guid     = ": send the GUID of an entry of the task catalogue."
	often    = ": send one of NONE, HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY."
	flag     = ": send true or false, or leave it out."
	date     = ": send an ISO 8601 date such as 2026-06-04T03:45:03Z, or leave it out."
	notify   = ": send one of NONE, ON_SUCCESS, ON_FAILURE or ALWAYS, or leave it out."
	text     = ": send the task's parameters as text in the format that ContentType names."
	inNamed  = ": send text in the format that ContentType names."
	format   = ": send application/json or application/xml."
	inPath   = ": send the GUID of a task on your account in the path."
	tags     = `: send * or up to 8 entity-tags such as "3-Zm9v".`
	visible  = ": send 1 to 255 visible ASCII characters without a comma."
	object   = ": send a JSON object with the fields of AccountTaskUpdateRequest."
	element  = ": send an AccountTaskUpdateRequest element."
	rootName = ": send AccountTaskUpdateRequest in no namespace."
	formats  = ": send application/json, text/json, application/xml, text/xml or application/x-www-form-urlencoded."
	some     = ": send an AccountTaskUpdateRequest."

	xsi  = ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`
	root = "AccountTaskUpdateRequest"
)

// sentence is the code and the reason of the answer to a request.
type sentence struct {
	request *http.Request
	code    task.Code
	reason  string
}

// sentences are all reasons that the service can give before it calls the table.
func sentences() []sentence {
	return []sentence{
		// The route, the caller, the size and the format of the body.
		{requestTo("PUT", "/api/v1/tasks", ""), "RouteNotFound", "There is nothing at this path: the tasks are at /api/v1/admin/tasks/account."},
		{requestTo("PUT", "/api/v2/admin/tasks/account/a23b4ff9-5d7e-4603-b937-6e1f724316b9", ""), "RouteNotFound", "There is nothing at this path: send PUT to /api/v1/admin/tasks/account/{id}."},
		{requestTo("get", "/api/v3/admin/tasks", ""), "RouteNotFound", "There is nothing at this path: send GET to /api/v1/admin/tasks."},
		{requestTo("POST", "/api/v2/admin/clients", ""), "RouteNotFound", "There is nothing at this path: send POST to /api/v1/admin/clients."},
		{requestTo("PATCH", "/api/v2/admin/tasks", ""), "RouteNotFound", "There is nothing at this path: the tasks are at /api/v1/admin/tasks/account."},
		{requestTo("POST", "/api/v1/admin/tasks/account", ""), "MethodNotAllowed", "This path does not take POST: send GET or HEAD, or send POST to /api/v2/admin/tasks/account."},
		{requestTo("GET", "/api/v2/admin/tasks/account", ""), "MethodNotAllowed", "This path does not take GET: send POST, or send GET to /api/v1/admin/tasks/account."},
		{requestTo("PATCH", taskPath, ""), "MethodNotAllowed", "This path does not take PATCH: send GET, HEAD, PUT or DELETE."},
		{requestTo("GET", "/Token", ""), "MethodNotAllowed", "This path does not take GET: send POST."},
		{requestTo("POST", "//Token", ""), "RouteNotFound", "There is nothing at this path: write /Token exactly so."},
		{requestTo("POST", "/Api/v1/admin/clients/", ""), "RouteNotFound", "There is nothing at this path: write /api/v1/admin/clients exactly so."},
		{request(from()), "Unauthorized", "The request has no access token: send Authorization with Bearer, a space and a token of POST /Token."},
		{request(header("Authorization", "Basic eDp5")), "Unauthorized", "Authorization must be Bearer, a space and a token of POST /Token: it has another scheme."},
		{request(header("Authorization", "Bearer ")), "Unauthorized", "Authorization must be Bearer, a space and a token of POST /Token: it has no token."},
		{request(from(caller, caller)), "Unauthorized", "Authorization cannot be sent more than once: send one access token."},
		{request(header("Authorization", "Bearer a,Bearer b")), "Unauthorized", "Authorization cannot be sent more than once: send one access token."},
		{request(header("Authorization", "Bearer a, Bearer b")), "Unauthorized", "Authorization cannot be sent more than once: send one access token."},
		{request(header("Authorization", "Digest a=b, c=d")), "Unauthorized", "Authorization must be Bearer, a space and a token of POST /Token: it has another scheme."},
		{request(from(task.Caller{})), "Forbidden", "The token does not grant the scope tasks/write: send one that does."},
		{request(withBody(strings.Repeat(" ", 2<<20+1))), "PayloadTooLarge", "The body cannot be larger than 2 MiB: send at most 2097152 bytes."},
		{request(withBody("")), "MalformedBody", "The body is required" + some},
		{inFormat("", "{}"), "UnsupportedMediaType", "Content-Type is required" + formats},
		{inFormat("text/plain", "{}"), "UnsupportedMediaType", `Content-Type cannot be "text/plain"` + formats},
		{inFormat("application/json", "\xff"), "MalformedBody", "The body cannot be decoded: send UTF-8, or UTF-16 with charset=utf-16 in Content-Type."},

		// A body that is not well formed.
		{inFormat("text/json", `{"TaskID":`), "MalformedBody", "The body is not well-formed JSON (it ends too early)" + object},
		{inFormat("text/json", `{"TaskID":'x'}`), "MalformedBody", "The body is not well-formed JSON (it has a syntax error at byte 11)" + object},
		{inFormat("text/json", `["\ud800"]`), "MalformedBody", "The body is not well-formed JSON (the escape at byte 3 is half of a surrogate pair)" + object},
		{inFormat("text/json", `null`), "MalformedBody", "The body cannot be null" + object},
		{inFormat("text/json", `[]`), "MalformedBody", "The body cannot be an array" + object},
		{inFormat("text/json", `"x"`), "MalformedBody", "The body cannot be a string" + object},
		{inFormat("text/json", strings.Repeat("[", 257)), "MalformedBody", "The body cannot be nested more than 256 levels deep" + object},
		{inFormat("text/xml", `<a>`), "MalformedBody", "The body is not well-formed XML (it ends too early)" + element},
		{inFormat("text/xml", `<a><b></a>`), "MalformedBody", "The body is not well-formed XML (it has an end tag that matches no start tag at byte 7)" + element},
		{inFormat("text/xml", `<!DOCTYPE a><a/>`), "MalformedBody", "The body is not well-formed XML (it has a document type definition at byte 1)" + element},
		{inFormat("text/xml", strings.Repeat("<a>", 257)), "MalformedBody", "The body cannot be nested more than 256 levels deep" + element},
		{inFormat("text/xml", `<Update/>`), "MalformedBody", "The body's root element cannot be Update" + rootName},
		{inXML(`<?b?>`), "MalformedBody", "The body cannot have a processing instruction: send an AccountTaskUpdateRequest element without one."},
		{inFormat("text/xml", `<?xml version="1.0" encoding="latin1"?><a/>`), "MalformedBody",
			"The body's XML declaration cannot name the encoding latin1: send the one that the body is in, or leave it out."},
		{inFormat("text/xml", `<`+root+` xmlns="urn:x"/>`), "MalformedBody", `The body's root element cannot be in the namespace "urn:x"` + rootName},
		{inFormat("text/xml", `<`+root+xsi+` xsi:type="b"/>`), "MalformedBody",
			"The body's root element cannot have the xsi:type b: send AccountTaskUpdateRequest, or leave it out."},
		{inFormat("text/xml", `<`+root+xsi+` xsi:nil="true"/>`), "MalformedBody", "The body is required" + some},
		{inForm("x=%FF"), "MalformedBody", "The body is not a well-formed form (x does not decode as UTF-8): send UTF-8."},
		{inFormat("application/x-www-form-urlencoded", "{}"), "MalformedBody",
			"The body was read as a form, as its Content-Type says, but begins with {: send it with the Content-Type application/json."},
		{inXML(`<Enabled/>`), "InvalidRequest", "Enabled cannot be empty" + flag},
		{inForm("x[=1"), "MalformedBody", `The body is not a well-formed form (the name "x[" has a [ without its ]): send names without brackets.`},

		// The fields, under the names that the caller gave them.
		{requestTo("PUT", "/api/v1/admin/tasks/account/42", members()), "InvalidRequest", `id cannot be "42"` + inPath},
		{inJSON("Enabled", `"yes"`), "InvalidRequest", `Enabled cannot be "yes"` + flag},
		{inJSON("ENABLED", `[true]`), "InvalidRequest", "ENABLED cannot be an array" + flag},
		{inForm("enabled[]=on"), "InvalidRequest", `"enabled[]" cannot be "on"` + flag},
		{inXML(`<Enabled>Yes</Enabled>`), "InvalidRequest", `Enabled cannot be "Yes"` + flag},
		{inXML(`<Enabled xsi:nil="maybe"/>`), "InvalidRequest", "Enabled cannot be an element with an xsi:nil other than true or false" + flag},
		{inJSON("TaskID", ""), "InvalidRequest", "TaskID is required" + guid},
		{inJSON("taskid", "null"), "InvalidRequest", "taskid cannot be null" + guid},
		{inJSON("TaskID", `""`), "InvalidRequest", "TaskID cannot be empty" + guid},
		{inJSON("TaskID", `5`), "InvalidRequest", "TaskID cannot be 5" + guid},
		{inJSON("TaskID", `"00000000000000000000000000000000"`), "InvalidRequest", "TaskID cannot be the all-zero GUID" + guid},
		{inJSON("taskID", `"`+taskID+`"`), "UnknownTask", "taskID cannot be " + taskID + ", which the task catalogue does not list" + guid},
		{inJSON("Frequency", ""), "InvalidRequest", "Frequency is required" + often},
		{inJSON("Frequency", "99"), "InvalidRequest", "Frequency cannot be 99" + often},
		{inJSON("Frequency", "1.5"), "InvalidRequest", "Frequency cannot be 1.5" + often},
		{inJSON("Frequency", "true"), "InvalidRequest", "Frequency cannot be true" + often},
		{inJSON("frequency", `"every now and then, but not on public holidays"`), "InvalidRequest",
			`frequency cannot be "every now and then, but not on public ho…"` + often},
		{inXML(`<Frequency>DAILY<b/></Frequency>`), "InvalidRequest", "Frequency cannot be an element with elements inside" + often},
		{inXML(`<Frequency><!--c-->DAILY</Frequency>`), "InvalidRequest", "Frequency cannot be text after a comment" + often},
		{inJSON("StartDate", `"06/04/2026"`), "InvalidRequest", `StartDate cannot be "06/04/2026"` + date},
		{inJSON("StartDate", `1780544703254`), "InvalidRequest", "StartDate cannot be 1780544703254" + date},
		{inForm("finishdate=soon"), "InvalidRequest", `finishdate cannot be "soon"` + date},
		{inJSON("startDate", `"2026-06-04T12:00:00+02:00"`, "finishDate", `"2026-06-04"`), "InvalidRequest",
			"finishDate cannot be 2026-06-04T00:00:00+00:00, which is before startDate: send 2026-06-04T10:00:00+00:00 or a later date, or leave it out."},
		{inJSON("Parameters", ""), "InvalidRequest", "Parameters is required" + text},
		{inJSON("Parameters", `" "`), "InvalidRequest", "Parameters cannot be empty" + text},
		{inJSON("Parameters", `{"a":1}`), "InvalidRequest", "Parameters cannot be an object" + text},
		{inJSON("parameters", `"{'a':1}"`), "InvalidRequest", "parameters is not well-formed JSON (it has a syntax error at byte 2)" + inNamed},
		{inJSON("Parameters", `"<a/><b/>"`, "ContentType", `"application/xml"`), "InvalidRequest",
			"Parameters is not well-formed XML (it has a second root element at byte 5)" + inNamed},
		{inJSON("Parameters", `"\u0001"`), "InvalidRequest", "Parameters cannot contain the character U+0001: send only characters that XML 1.0 allows."},
		{inJSON("Parameters", `"`+strings.Repeat("é", 131073)+`"`), "PayloadTooLarge",
			"Parameters cannot be 262146 bytes of UTF-8: send at most 262144 bytes."},
		{inJSON("ContentType", ""), "InvalidRequest", "ContentType is required" + format},
		{inJSON("ContentType", "null"), "InvalidRequest", "ContentType cannot be empty" + format},
		{inJSON("contenttype", `"text/json"`), "InvalidRequest", `contenttype cannot be "text/json"` + format},
		{inJSON("Notification", `"SOMETIMES"`), "InvalidRequest", `Notification cannot be "SOMETIMES"` + notify},
		{inJSON("Notification", `""`), "InvalidRequest", "Notification cannot be empty" + notify},
		{inXML("<Notification/>"), "InvalidRequest", "Notification cannot be empty" + notify},
		{request(header("If-Match", "3-Zm9v")), "InvalidRequest", `If-Match cannot be "3-Zm9v"` + tags},
		{request(header("If-None-Match", "3-Zm9v")), "InvalidRequest", `If-None-Match cannot be "3-Zm9v"` + tags},
		{request(header("Content-Encoding", "gzip")), "UnsupportedMediaType",
			`Content-Encoding cannot be "gzip": send the body as it is, without Content-Encoding.`},
		{request(header("Idempotency-Key", "my key")), "InvalidRequest", `Idempotency-Key cannot be "my key"` + visible},

		// The query.
		{list("count=0"), "InvalidRequest", `count cannot be "0": send a whole number from 1 to 100, or leave it out for 20.`},
		{list("After=x"), "InvalidRequest", `After cannot be "x": send the GUID of the last task that you have seen, or leave it out to begin with the first.`},
		{requestTo("GET", runsPath, "", from(reader), query("after=x")), "InvalidRequest",
			`after cannot be "x": send the Due and the RunID of the last run that you have seen with a comma between them, or leave it out to begin with the newest.`},
		{list("summary"), "InvalidRequest", `summary cannot be empty: send true or false, or leave it out for false.`},
		{list("validateOnly=true"), "InvalidRequest", `validateOnly cannot be "true" for this operation: send it with a registration or an update only.`},
		{request(query("validateOnly=1")), "InvalidRequest", `validateOnly cannot be "1": send true or false, or leave it out for false.`},

		// A registration.
		{operations[0].request(withBody("")), "MalformedBody", "The body is required: send an AccountTaskRequest."},
		{operations[0].request(withBody("[]")), "MalformedBody", "The body cannot be an array: send a JSON object with the fields of AccountTaskRequest."},

		// Several at once.
		{inForm("taskid=x&notification=9&startdate=then"), "InvalidRequest",
			`taskid cannot be "x"` + guid + ` startdate cannot be "then"` + date + ` notification cannot be "9"` + notify},
	}
}

func TestEverySentence(t *testing.T) {
	s := onTable(t, http.StatusInternalServerError, "").WithRuns(&runner{})
	for _, said := range sentences() {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, said.request)
		checkSentence(t, w.Body.Bytes(), said.code, said.reason)
	}
}

func TestValueOfParametersIsNeverRepeated(t *testing.T) {
	s := onTable(t, http.StatusInternalServerError, "")
	for _, r := range []*http.Request{
		inJSON("Parameters", `"s3cr3t"`), inJSON("Parameters", `{"s3cr3t":1}`), inJSON("Parameters", `["s3cr3t"]`), inJSON("Parameters", `"s3cr3t\u0000"`),
		inJSON("Parameters", `"<s3cr3t>"`, "ContentType", `"application/xml"`), inJSON("Parameters", `"<a>&s3cr3t;</a>"`, "ContentType", `"application/xml"`),
		inJSON("Parameters", `"`+strings.Repeat("s3cr3t", 50_000)+`"`), inJSON("Parameters", `"s3cr3t"`, "TaskID", "5"),
		inFormat("application/json", `{"Parameters":"s3cr3t`), inFormat("application/json", `"{\"Parameters\":\"s3cr3t\"}"`),
		inXML("<Parameters><s3cr3t/></Parameters>"), inXML("<Parameters>&s3cr3t;</Parameters>"), inXML("<Parameters><!--c-->s3cr3t</Parameters>"),
		inForm("Parameters=s3cr3t"), inForm("Parameters=s3cr3t%FF"),
	} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code/100 != 4 || strings.Contains(w.Body.String(), "s3cr3t") {
			t.Errorf("got %d and %s, want a refusal that does not repeat Parameters", w.Code, w.Body)
		}
	}
}

func TestEverySentenceOfTheTable(t *testing.T) {
	for _, said := range []struct {
		status int
		answer string
		code   task.Code
		reason string
	}{
		{400, exception("ConditionalCheckFailedException", ""), "TaskNotFound", "There is no task " + taskID + " on your account."},
		{400, failed(item(tokenOf("key"))), "IdempotencyKeyReused",
			"The Idempotency-Key was used for another request: send a new key with each request, and the same one only to repeat it."},
		{400, failed(item("other")), "PreconditionFailed",
			"The task has changed since the entity-tag in If-Match: look at the current task and send its ETag."},
		{400, exception("ThrottlingException", ""), "TooManyRequests", "The service is busy and nothing was changed: repeat the request later."},
		{500, exception("InternalServerError", ""), "Unavailable",
			"The service did not get an answer in time, and the change may have been made: repeat the request with the same Idempotency-Key."},
		{400, exception("ValidationException", ""), "InternalError", "An internal error occurred."},
	} {
		w := httptest.NewRecorder()
		onTable(t, said.status, said.answer).ServeHTTP(w, inJSONWithKey())
		checkSentence(t, w.Body.Bytes(), said.code, said.reason)
	}
}

func TestEverySentenceOfTheGateway(t *testing.T) {
	h := lambdahttp.NewHandler(newService().api())
	for event, said := range map[string]struct {
		code   task.Code
		reason string
	}{
		`{"Records":[]}`: {"InvalidRequest", "The event is not an HTTP request: send an event of an HTTP API or a REST API."},
		`{"httpMethod":"PUT","path":"` + taskPath + `","headers":{"Authorization":"Bearer ` + clienttest.Token(caller) + `"},` +
			`"body":"{}","isBase64Encoded":true}`: {"MalformedBody", "The body is not the base64 that its event says it is: send valid base64, or isBase64Encoded as false."},
	} {
		got, err := h.Invoke(t.Context(), []byte(event))
		if err != nil {
			t.Fatal(err)
		}
		var answer struct{ Body string }
		if err := json.Unmarshal(got, &answer); err != nil {
			t.Fatal(err)
		}
		checkSentence(t, []byte(answer.Body), said.code, said.reason)
	}
}

func checkSentence(t *testing.T, answer []byte, code task.Code, reason string) {
	t.Helper()
	var e envelope
	if err := json.Unmarshal(answer, &e); err != nil || e.Error == nil {
		t.Errorf("got  %s\nwant %s %s", answer, code, reason)
		return
	}
	if e.Error.ErrorCode != string(code) || e.Error.ErrorReason != reason {
		t.Errorf("got  %s %s\nwant %s %s", e.Error.ErrorCode, e.Error.ErrorReason, code, reason)
	}
}
