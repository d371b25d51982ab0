package eventbus_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/local/eventbus"
)

// inbox collects what the bus sends.
type inbox struct{ functions, events []string }

func (i *inbox) send(function string, event []byte) {
	i.functions, i.events = append(i.functions, function), append(i.events, string(event))
}

func pattern(t *testing.T, document string) eventbus.Pattern {
	t.Helper()
	var members map[string]any
	if err := json.Unmarshal([]byte(document), &members); err != nil {
		t.Fatal(err)
	}
	p, err := eventbus.NewPattern(members)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// answer is the answer to PutEvents.
type answer struct {
	FailedEntryCount int
	Entries          []struct{ EventID, ErrorCode, ErrorMessage string }
}

// put sends a request's entries, as JSON.
func put(t *testing.T, bus http.Handler, entries string) answer {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(`{"Entries":`+entries+`}`))
	r.Header.Set("X-Amz-Target", "AWSEvents.PutEvents")
	w := httptest.NewRecorder()
	bus.ServeHTTP(w, r)
	if mediaType := w.Header().Get("Content-Type"); w.Code != http.StatusOK || mediaType != "application/x-amz-json-1.1" {
		t.Fatalf("got %d with the type %s: %s", w.Code, mediaType, w.Body)
	}
	var got answer
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAnEventReachesTheFunctionAsADocument(t *testing.T) {
	var got inbox
	bus := eventbus.New(eventbus.Config{
		Buses: []string{"Bus"}, Send: got.send, Region: "eu-central-1", AccountID: "123456789012",
		Rules: []eventbus.Rule{{Bus: "Bus", Pattern: pattern(t, `{"source":["tasks"]}`), Functions: []string{"F"}}},
	})
	result := put(t, bus, `[{"EventBusName":"arn:aws:events:eu-central-1:123456789012:event-bus/Bus","Source":"tasks","DetailType":"Due",
		"Detail":"{\"big\":12345678901234567890}","Time":1767225600.5,"Resources":["r"]}]`)
	if result.FailedEntryCount != 0 || len(result.Entries) != 1 || result.Entries[0].EventID == "" {
		t.Fatalf("got %+v", result)
	}
	want := fmt.Sprintf(`{"version":"0","id":%q,"detail-type":"Due","source":"tasks","account":"123456789012","time":"2026-01-01T00:00:00Z",`+
		`"region":"eu-central-1","resources":["r"],"detail":{"big":12345678901234567890}}`, result.Entries[0].EventID)
	if !slices.Equal(got.events, []string{want}) || !slices.Equal(got.functions, []string{"F"}) {
		t.Errorf("%v got\n%v, want\n%v", got.functions, got.events, want)
	}
}

func TestAnEventHasTheTimeOfItsArrivalAndNoResources(t *testing.T) {
	var got inbox
	bus := eventbus.New(eventbus.Config{
		Send: got.send, Now: func() time.Time { return time.Date(2026, 3, 29, 2, 30, 0, 0, time.FixedZone("", 3600)) },
		Rules: []eventbus.Rule{{Bus: eventbus.DefaultBus, Pattern: pattern(t, `{"source":["a"]}`), Functions: []string{"F"}}},
	})
	put(t, bus, `[{"Source":"a","DetailType":"b","Detail":"{}"}]`)
	if len(got.events) != 1 || !strings.Contains(got.events[0], `"time":"2026-03-29T01:30:00Z"`) || !strings.Contains(got.events[0], `"resources":[]`) {
		t.Errorf("got %v", got.events)
	}
}

func TestRulesChooseByBusAndPattern(t *testing.T) {
	tests := []struct {
		name, pattern string
		want          bool
	}{
		{"the source", `{"source":["tasks"]}`, true},
		{"one of several sources", `{"source":["other","tasks"]}`, true},
		{"another source", `{"source":["other"]}`, false},
		{"a source and a detail-type", `{"source":["tasks"],"detail-type":["Due"]}`, true},
		{"another detail-type", `{"source":["tasks"],"detail-type":["due"]}`, false},
		{"the account", `{"account":["123456789012"]}`, true},
		{"a member of the detail", `{"detail":{"outcome":["SUCCESS","FAILED"]}}`, true},
		{"another value of the detail", `{"detail":{"outcome":["SUCCESS"]}}`, false},
		{"a number", `{"detail":{"count":[3]}}`, true},
		{"a number is not a text", `{"detail":{"count":["3"]}}`, false},
		{"null", `{"detail":{"message":[null]}}`, true},
		{"an absent member", `{"detail":{"absent":[null]}}`, false},
		{"a deeper member", `{"detail":{"task":{"urgent":[true]}}}`, true},
		{"a mapping where the event has a value", `{"detail":{"outcome":{"a":["b"]}}}`, false},
		{"a member of a list", `{"resources":["second"]}`, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got inbox
			bus := eventbus.New(eventbus.Config{Buses: []string{"Bus"}, Send: got.send, AccountID: "123456789012", Rules: []eventbus.Rule{
				{Bus: "Bus", Pattern: pattern(t, test.pattern), Functions: []string{"F"}},
				{Bus: eventbus.DefaultBus, Pattern: pattern(t, test.pattern), Functions: []string{"on another bus"}},
			}})
			put(t, bus, `[{"EventBusName":"Bus","Source":"tasks","DetailType":"Due","Resources":["first","second"],
				"Detail":"{\"outcome\":\"FAILED\",\"count\":3,\"message\":null,\"task\":{\"urgent\":true}}"}]`)
			if reached := slices.Equal(got.functions, []string{"F"}); reached != test.want || len(got.functions) > 1 {
				t.Errorf("the event reached %v, want the function to be reached: %t", got.functions, test.want)
			}
		})
	}
}

func TestUnsupportedPatternsAreNamed(t *testing.T) {
	tests := []struct{ pattern, want string }{
		{`{}`, "the pattern is empty"},
		{`{"detail":{}}`, "the pattern.detail is empty"},
		{`{"source":[]}`, "the pattern.source: the list of values is empty"},
		{`{"source":"tasks"}`, "the pattern.source is neither a mapping nor a list"},
		{`{"detail":{"a":[{"prefix":"b"}]}}`, "the pattern.detail.a: the filter map[prefix:b] is not supported"},
	}
	for _, test := range tests {
		var members map[string]any
		if err := json.Unmarshal([]byte(test.pattern), &members); err != nil {
			t.Fatal(err)
		}
		if _, err := eventbus.NewPattern(members); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.pattern, err, test.want)
		}
	}
}

func TestEntriesAreJudgedOneByOne(t *testing.T) {
	var got inbox
	bus := eventbus.New(eventbus.Config{
		Send:  got.send,
		Rules: []eventbus.Rule{{Bus: eventbus.DefaultBus, Pattern: pattern(t, `{"source":["a"]}`), Functions: []string{"F"}}},
	})
	result := put(t, bus, `[
		{"DetailType":"b","Detail":"{}"}, {"Source":"a","Detail":"{}"}, {"Source":"a","DetailType":"b"},
		{"Source":"a","DetailType":"b","Detail":"[]"}, {"Source":"a","DetailType":"b","Detail":"{"},
		{"Source":"aws.ec2","DetailType":"b","Detail":"{}"}, {"Source":"a","DetailType":"b","Detail":"{}","EventBusName":"Absent"},
		{"Source":"a","DetailType":"b","Detail":"{}"}]`)
	var codes []string
	for _, entry := range result.Entries {
		codes = append(codes, entry.ErrorCode)
		if (entry.EventID == "") != (entry.ErrorCode != "") {
			t.Errorf("got %+v, want an id or an error", entry)
		}
	}
	want := []string{"InvalidArgument", "InvalidArgument", "InvalidArgument", "MalformedDetail", "MalformedDetail", "NotAuthorizedForSourceException", "ResourceNotFoundException", ""}
	if !slices.Equal(codes, want) || result.FailedEntryCount != 7 || len(got.events) != 1 {
		t.Errorf("got the codes %q, %d failed and %d delivered; want %q", codes, result.FailedEntryCount, len(got.events), want)
	}
}

func TestRequestsThatAreRefusedAsAWhole(t *testing.T) {
	entry := `{"Source":"a","DetailType":"b","Detail":"{}"}`
	large := fmt.Sprintf(`{"Source":"a","DetailType":"b","Detail":"{\"a\":\"%s\"}"}`, strings.Repeat("x", 1<<20))
	tests := []struct{ name, method, target, body, want string }{
		{"another operation", "POST", "AWSEvents.ListRules", `{}`, "UnknownOperationException"},
		{"another method", "GET", "AWSEvents.PutEvents", ``, "UnknownOperationException"},
		{"no JSON", "POST", "AWSEvents.PutEvents", `{`, "SerializationException"},
		{"no entries", "POST", "AWSEvents.PutEvents", `{}`, "ValidationException"},
		{"eleven entries", "POST", "AWSEvents.PutEvents", `{"Entries":[` + strings.Repeat(entry+",", 10) + entry + `]}`, "ValidationException"},
		{"more than 1 MiB", "POST", "AWSEvents.PutEvents", `{"Entries":[` + large + `]}`, "ValidationException"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(test.method, "/", strings.NewReader(test.body))
			r.Header.Set("X-Amz-Target", test.target)
			w := httptest.NewRecorder()
			eventbus.New(eventbus.Config{}).ServeHTTP(w, r)
			if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `"__type":"`+test.want+`"`) {
				t.Errorf("got %d %s, want 400 with %s", w.Code, w.Body, test.want)
			}
		})
	}
}

func TestSomeDeliveriesAreMadeTwice(t *testing.T) {
	deliveries := func(seed uint64) []string {
		var got inbox
		bus := eventbus.New(eventbus.Config{
			Send: got.send, Twice: 0.5, Seed: seed,
			Rules: []eventbus.Rule{{Bus: eventbus.DefaultBus, Pattern: pattern(t, `{"source":["a"]}`), Functions: []string{"F", "G"}}},
		})
		for range 8 {
			put(t, bus, `[{"Source":"a","DetailType":"b","Detail":"{}"}]`)
		}
		return got.functions
	}
	if first, again := deliveries(1), deliveries(1); !reflect.DeepEqual(first, again) || len(first) <= 16 || len(first) >= 32 {
		t.Errorf("one seed gave %v and %v", first, again)
	}
	if reflect.DeepEqual(deliveries(1), deliveries(2)) {
		t.Error("another seed gave the same deliveries")
	}
}
