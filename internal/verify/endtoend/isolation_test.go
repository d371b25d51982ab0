package endtoend_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestTaskOfAnotherAccountIsLikeNone sends the same request for another account's task and for a task that does not
// exist. It compares everything that can be observed: the answer, the requests to the table, and the log.
func TestTaskOfAnotherAccountIsLikeNone(t *testing.T) {
	c, w := startWatched(t)
	other := c.as("other")
	tag := other.put(otherTask, update("0"), "Idempotency-Key", "theirs").mustBe(t, 200, "").Header.Get("ETag")
	w.take()
	variants := [][]string{
		nil, {"If-Match", tag}, {"If-Match", "*"}, {"If-Match", `"1-stale"`}, {"If-Match", "W/" + tag},
		{"Idempotency-Key", "theirs"}, {"Idempotency-Key", "fresh"}, {"Idempotency-Key", "theirs", "If-Match", tag},
		{"Accept", "application/xml"},
	}
	for _, headers := range variants {
		theirs, nobodys := traceOf(t, c, w, otherTask, headers), traceOf(t, c, w, absentTask, headers)
		if theirs.status != 404 || len(theirs.calls) != 1 || !reflect.DeepEqual(theirs, nobodys) {
			t.Errorf("with %q another account's task is answered differently from a task that does not exist:\n%+v\n%+v", headers, theirs, nobodys)
		}
	}
	other.put(otherTask, update("1"), "If-Match", tag).mustBe(t, 200, "")

	c.stack.Close()
	logged := recordsOf(t, c.output.String())
	logged = logged[len(logged)-1-2*len(variants) : len(logged)-1]
	for i, headers := range variants {
		if theirs, nobodys := logged[2*i], logged[2*i+1]; !reflect.DeepEqual(theirs, nobodys) {
			t.Errorf("with %q the log of another account's task differs from that of a task that does not exist:\n%v\n%v", headers, theirs, nobodys)
		}
	}
}

// trace is what can be observed of a request, without the values that differ in every request. The id of its task is
// replaced by a word.
type trace struct {
	status int
	header http.Header
	body   string
	calls  []map[string]any
}

// traceOf sends an update of a task.
func traceOf(t *testing.T, c client, w *watch, id string, headers []string) trace {
	t.Helper()
	reply := c.put(id, update("1"), headers...)
	seen := trace{status: reply.StatusCode, header: reply.Header.Clone(), body: strings.ReplaceAll(reply.body, id, "ID")}
	for _, name := range []string{"Date", "Apigw-Requestid"} {
		seen.header.Del(name)
	}
	for _, call := range w.take() {
		asked := map[string]any{"operation": call.operation}
		if err := json.Unmarshal([]byte(strings.ReplaceAll(call.body, id, "ID")), &asked); err != nil {
			t.Fatal(err)
		}
		values, _ := asked["ExpressionAttributeValues"].(map[string]any)
		// These are times, a token, which differs in every request, and the shard of the id that the caller sent.
		for _, name := range []string{":modified", ":clock", ":mark", ":token", ":shard"} {
			delete(values, name)
		}
		seen.calls = append(seen.calls, asked)
	}
	return seen
}

// recordsOf returns the task function's records from a stack's output, without the values that differ in every request.
func recordsOf(t *testing.T, printed string) []map[string]any {
	t.Helper()
	var records []map[string]any
	for line := range strings.Lines(printed) {
		if !strings.HasPrefix(line, "{") {
			continue
		}
		var record map[string]any
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatalf("%q is not a record: %v", line, err)
		}
		maps.DeleteFunc(record, func(name string, _ any) bool {
			return slices.Contains([]string{"timestamp", "requestId", "traceId", "durationMs", "tableMs"}, name)
		})
		if record["operation"] != issueToken {
			records = append(records, record)
		}
	}
	return records
}

// TestRequestsStayOnTheirAccount sends requests that would reach another account's task if the id were used unescaped
// in a key or a path, or if anything except the token could name an account.
func TestRequestsStayOnTheirAccount(t *testing.T) {
	c, w := startWatched(t)
	own, absent := []string{updateOf(demoTask)}, []string{updateOf(otherTask)}
	const otherAccount = "22222222-2222-4222-8222-222222222222"
	for _, test := range []struct {
		name, path, body string
		headers          []string
		status           int
		code             string
		touched          []string
	}{
		{"the key's prefix", pathOf("TASK%23" + otherTask), "", nil, 400, "InvalidRequest", nil},
		{"a whole key", pathOf("ACCOUNT%23" + otherAccount + "%23TASK%23" + otherTask), "", nil, 400, "InvalidRequest", nil},
		{"another account before the id", pathOf(otherAccount + "%2F" + otherTask), "", nil, 400, "InvalidRequest", nil},
		{"another account as a segment", pathOf(otherAccount + "/" + otherTask), "", nil, 404, "RouteNotFound", nil},
		{"up the path", pathOf("../account/" + otherTask), "", nil, 404, "RouteNotFound", nil},
		{"up the path, escaped", pathOf("%2e%2e%2f" + otherTask), "", nil, 400, "InvalidRequest", nil},
		{"two ids", pathOf(demoTask + "," + otherTask), "", nil, 400, "InvalidRequest", nil},
		{"a null after the id", pathOf(otherTask + "%00"), "", nil, 400, "InvalidRequest", nil},
		{"a line break and a header", pathOf(demoTask + "%0d%0aForged:%201"), "", nil, 400, "InvalidRequest", nil},
		{"a wildcard", pathOf("*"), "", nil, 400, "InvalidRequest", nil},
		{"an id escaped twice", pathOf("%257B" + otherTask + "%257D"), "", nil, 400, "InvalidRequest", nil},
		{"digits of another script", pathOf(strings.ReplaceAll(demoTask, "4", "%EF%BC%94")), "", nil, 400, "InvalidRequest", nil},
		{"bytes that are not text", pathOf("%ff%fe" + demoTask), "", nil, 400, "InvalidRequest", nil},
		{"the id in other letters", pathOf("%7B" + strings.ToUpper(otherTask) + "%7D"), "", nil, 404, "TaskNotFound", absent},
		{"an id in the query", pathOf(demoTask) + "?id=" + otherTask + "&account_id=" + otherAccount, "", nil, 200, "", own},
		{"an id after an escaped question mark", pathOf(demoTask + "%3Fid=" + otherTask), "", nil, 400, "InvalidRequest", nil},
		{"an account in the body", pathOf(demoTask), `{"account_id":"` + otherAccount + `","AccountID":"` + otherAccount + `","ID":"` + otherTask +
			`","pk":"ACCOUNT#` + otherAccount + `",` + update("1")[1:], nil, 200, "", own},
		{"an account in the headers", pathOf(demoTask), "", []string{
			"Account_id", otherAccount, "X-Account-Id", otherAccount, "X-Amzn-Oidc-Identity", "other", "X-Forwarded-User", "other.user",
			"X-Golambdaproxy-Apigw-Context", `{"authorizer":{"jwt":{"claims":{"account_id":"` + otherAccount + `"}}}}`,
			"X-Original-Url", pathOf(otherTask), "X-Http-Method-Override", "DELETE"}, 200, "", own},
		{"an account in a cookie", pathOf(demoTask), "", []string{"Cookie", "account_id=" + otherAccount}, 200, "", own},
		{"another's task in If-Match", pathOf(demoTask), "", []string{"If-Match", `"1-registered-0dd0acc0"`}, 412, "PreconditionFailed", own},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := test.body
			if body == "" {
				body = update("1")
			}
			got := c.send("PUT", test.path, body, append(test.headers, "Content-Type", "application/json")...)
			w.mustTouch(t, test.touched...)
			if got.mustBe(t, test.status, test.code).Header.Get("Forged") != "" {
				t.Error("the request wrote a header of the answer")
			}
		})
	}
}
