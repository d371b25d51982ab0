package cutover

import (
	"slices"
	"testing"
	"time"
)

var noon = time.Date(2026, time.June, 4, 12, 0, 0, 0, time.UTC)

func TestTheLedgerFindsWhatIsLostOrRunTwice(t *testing.T) {
	hourly := Definition{Enabled: true, Frequency: "HOURLY"}
	of := Ref{"42", "task"}
	for _, test := range []struct {
		name string
		runs []Run
		want []string
	}{
		{"each once", []Run{{of, noon, Old}, {of, noon.Add(time.Hour), New}}, nil},
		{"one is lost", []Run{{of, noon, Old}}, []string{"lost: task of account 42, due 2026-06-04T13:00:00Z"}},
		{"one runs twice", []Run{{of, noon, Old}, {of, noon, New}, {of, noon.Add(time.Hour), New}},
			[]string{"run 2 times, by old and new: task of account 42, due 2026-06-04T12:00:00Z"}},
		{"one is not due", []Run{{of, noon, Old}, {of, noon.Add(time.Hour), New}, {of, noon.Add(time.Minute), New}},
			[]string{"run by new though it is not due: task of account 42, 2026-06-04T12:01:00Z"}},
	} {
		l := NewLedger()
		l.Define(of, hourly, noon, noon)
		for _, r := range test.runs {
			l.Ran(r)
		}
		if got := l.Close(noon.Add(90 * time.Minute)); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestTheCalendarClampsMonths(t *testing.T) {
	monthly := Definition{Enabled: true, Frequency: "MONTHLY"}
	created := time.Date(2026, time.January, 31, 10, 0, 0, 0, time.UTC)
	var days []int
	for _, at := range monthly.Occurrences(created, created, created.AddDate(0, 4, 0)) {
		days = append(days, at.Day())
	}
	if want := []int{31, 28, 31, 30}; !slices.Equal(days, want) {
		t.Errorf("got the days %v, want %v", days, want)
	}
}
