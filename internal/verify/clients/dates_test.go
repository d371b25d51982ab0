//go:build quickstarts

package clients_test

import (
	"encoding/json"
	"testing"

	"accounttasks/internal/local/demo"
)

const originalFolder = "../../openapi/original/"

// TestDatesOfAnswers lets each language read dates that the service answered, west and east of Greenwich.
func TestDatesOfAnswers(t *testing.T) {
	origin := startStack(t)
	token := accessToken(t, origin)
	dates := []string{
		startDate(t, origin, token, "2026-06-04T03:45:03.2545297Z"),
		startDate(t, origin, token, "2026-06-04T03:45:03.5Z"),
		startDate(t, origin, token, "2026-06-04T03:45:03Z"),
		startDate(t, origin, token, ""),
	}
	if dates[0] != "2026-06-04T03:45:03.2545297+00:00" || dates[3] != "0001-01-01T00:00:00+00:00" {
		t.Fatalf("got %q, want seven digits and the zero date", dates)
	}
	const want = "1780544703254\n1780544703500\n1780544703000\nno bound\n"
	csharp := compileCSharp(t, "dates", originalFolder+"dates/csharp/Dates.cs")
	for _, zone := range []string{"America/New_York", "Asia/Tokyo"} {
		for _, command := range [][]string{
			{"mono", csharp},
			{"java", originalFolder + "dates/java/Dates.java"},
			{"php", "-d", "date.timezone=" + zone, originalFolder + "dates/php/dates.php"},
			{"python3", originalFolder + "dates/python/dates.py"},
			{"node", originalFolder + "dates/javascript/dates.mjs"},
			{"go", "run", originalFolder + "dates/go/dates.go"},
		} {
			t.Run(zone+" "+command[0], func(t *testing.T) {
				if got := run(t, []string{"TZ=" + zone}, command[0], append(command[1:], dates...)...); got != want {
					t.Errorf("got\n%swant\n%s", got, want)
				}
			})
		}
	}
}

// startDate updates a task with a StartDate and gives the one that the answer has.
func startDate(t *testing.T, origin, token, date string) string {
	t.Helper()
	update, err := json.Marshal(map[string]string{
		"TaskID": demo.SendReport.String(), "Frequency": "DAILY", "StartDate": date, "Parameters": "{}", "ContentType": "application/json",
	})
	if err != nil {
		t.Fatal(err)
	}
	answer := putTask(t, origin, token, string(update))
	var task struct {
		ResponseData struct{ Detail struct{ StartDate string } }
	}
	if err := json.NewDecoder(answer.Body).Decode(&task); err != nil {
		t.Fatal(err)
	}
	return task.ResponseData.Detail.StartDate
}
