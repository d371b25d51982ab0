//go:build dotnet

package clients_test

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"accounttasks/internal/local/demo"
)

const (
	zeroDate   = "0001-01-01T00:00:00+00:00"
	parameters = `{"greeting":"grüß € <&> \"x\""}`
)

// detail is the task of an answer, as text.
type detail struct {
	ID, TaskID, Name, Frequency, StartDate, Parameters, ContentType, Notification string
	Enabled                                                                       bool
	FinishDate                                                                    *string
}

// TestOldClientsUpdateAndReadEverySuccess updates a task with the standard types of .NET's serializers, in three time
// zones. Each client sends no dates, then the dates that it has read, then two other dates. The answers show which
// dates arrived.
func TestOldClientsUpdateAndReadEverySuccess(t *testing.T) {
	program := compileCSharp(t, "update", "dotnet/Model.cs", "dotnet/Serializers.cs", "dotnet/Update.cs")
	origin := startStack(t)
	token := accessToken(t, origin)
	for _, zone := range []struct{ name, start, finish string }{
		{"America/New_York", "2026-07-01T13:30:00+00:00", "2027-01-02T08:04:05+00:00"},
		{"Europe/London", "2026-07-01T08:30:00+00:00", "2027-01-02T03:04:05+00:00"},
		{"Asia/Tokyo", "2026-07-01T00:30:00+00:00", "2027-01-01T18:04:05+00:00"},
	} {
		for _, client := range []struct{ serializer, dates, zeroDateSentBack string }{
			{"Json.NET", "DateTime", zeroDate},
			{"Json.NET", "DateTimeOffset", zeroDate},
			// Mono writes every date before the year 100 as that year's first day.
			{"JavaScriptSerializer", "DateTime", "0100-01-01T00:00:00+00:00"},
			{"XmlSerializer", "DateTime", zeroDate},
		} {
			t.Run(zone.name+" "+client.serializer+" "+client.dates, func(t *testing.T) {
				output := run(t, []string{"TZ=" + zone.name, "TOKEN=" + token}, "mono", program,
					client.serializer, client.dates, origin+"/api/v1/admin/tasks/account/"+demo.TaskID.String())
				lines := strings.Split(strings.TrimSpace(output), "\n")
				if len(lines) != 6 {
					t.Fatalf("got %d lines, want three pairs of an answer and what the client read from it:\n%s", len(lines), output)
				}
				id := demo.TaskID.String()
				wantAnswer(t, "without dates", lines[0], zeroDate, nil)
				wantLine(t, lines[1], "read "+id+" 0001 null")
				wantAnswer(t, "with the dates that were read", lines[2], client.zeroDateSentBack, nil)
				if client.zeroDateSentBack == zeroDate {
					wantLine(t, lines[3], "read "+id+" 0001 null")
				}
				wantAnswer(t, "with dates", lines[4], zone.start, &zone.finish)
				wantLine(t, lines[5], "read "+id+" 2026 2027")
			})
		}
	}
}

// TestSimpleXMLUpdates updates a task with a body from PHP's SimpleXML. SimpleXML writes true as 1, and false as an
// empty element. The service refuses the empty element, because it could mean either; it accepts the word false.
func TestSimpleXMLUpdates(t *testing.T) {
	origin := startStack(t)
	update := func(enabled string) (answer, read string) {
		output := run(t, []string{"TOKEN=" + accessToken(t, origin)}, "php", "-d", "date.timezone=Asia/Tokyo", "php/update.php",
			origin+"/api/v1/admin/tasks/account/"+demo.TaskID.String(), enabled)
		answer, read, _ = strings.Cut(strings.TrimRight(output, "\n"), "\n")
		return answer, read
	}
	answer, read := update("text")
	wantAnswer(t, "the word false", answer, "2026-07-01T00:30:00+00:00", nil)
	wantLine(t, read, "read "+demo.TaskID.String()+" ")
	if answer, _ := update("true"); !strings.HasPrefix(answer, "answer 200 ") || !strings.Contains(answer, "<Enabled>true</Enabled>") {
		t.Errorf("PHP's true: got %s, want 200 and an enabled task", answer)
	}
	answer, read = update("false")
	if !strings.HasPrefix(answer, "answer 400 ") || !strings.Contains(answer, "Enabled") {
		t.Errorf("PHP's false: got %s, want 400 that names Enabled", answer)
	}
	wantLine(t, read, "read  InvalidRequest")
}

// wantAnswer checks a printed answer: it must be a success with the values that every client sends, and with these
// dates.
func wantAnswer(t *testing.T, name, line, start string, finish *string) {
	t.Helper()
	body, ok := strings.CutPrefix(line, "answer 200 ")
	if !ok {
		t.Errorf("%s: got %s, want 200", name, line)
		return
	}
	got := decodeDetail(t, body)
	want := detail{
		ID: demo.TaskID.String(), TaskID: demo.SendReport.String(), Name: "Send scheduled report", Frequency: "WEEKLY",
		StartDate: start, Parameters: parameters, ContentType: "application/json", Notification: "NONE",
	}
	gotFinish, wantFinish := "null", "null"
	if got.FinishDate != nil && *got.FinishDate != "" {
		gotFinish = *got.FinishDate
	}
	if finish != nil {
		wantFinish = *finish
	}
	got.FinishDate = nil
	if got != want || gotFinish != wantFinish {
		t.Errorf("%s: got %+v, FinishDate %s\nwant %+v, FinishDate %s", name, got, gotFinish, want, wantFinish)
	}
}

// decodeDetail reads the task of an answer in JSON or XML.
func decodeDetail(t *testing.T, body string) detail {
	t.Helper()
	var envelope struct{ ResponseData struct{ Detail detail } }
	decode := json.Unmarshal
	if strings.HasPrefix(body, "<") {
		decode = xml.Unmarshal
	}
	if err := decode([]byte(body), &envelope); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return envelope.ResponseData.Detail
}

func wantLine(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
