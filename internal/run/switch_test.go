package run_test

import (
	"strings"
	"testing"

	"accounttasks/internal/run"
)

func TestStart(t *testing.T) {
	for _, test := range []struct {
		name    string
		window  run.Window
		at      string
		missed  run.Meanwhile
		want    run.Window
		refused string
	}{
		{"for the first time", run.Window{}, "22:00", "", window("22:00", ""), ""},
		{"for the first time, a little late", run.Window{}, "11:30", "", window("11:30", ""), ""},
		{"earlier than planned", window("22:00", ""), "20:00", "", window("20:00", ""), ""},
		{"without a time", run.Window{}, "", "", run.Window{}, "AT is not set"},
		{"at a time more than a day ago", run.Window{}, "3 11:00", "", run.Window{}, "more than a day ago"},
		{"for the first time, with what was missed", run.Window{}, "22:00", run.Skip, run.Window{}, "leave it out"},
		{"twice", window("10:00", ""), "22:00", "", run.Window{}, "started already, from 2026-06-04T10:00:00Z"},
		{"after a stop, without saying what was missed", window("08:00", "11:00"), "22:00", "", run.Window{}, "MISSED=catch-up"},
		{"after a stop, catching up", window("08:00", "11:00"), "", run.CatchUp, window("08:00", ""), ""},
		{"after a stop, catching up at a time", window("08:00", "11:00"), "11:00", run.CatchUp, run.Window{}, "AT is for MISSED=skip"},
		{"after a stop, skipping", window("08:00", "11:00"), "13:00", run.Skip, window("13:00", ""), ""},
		{"after a stop, skipping without a time", window("08:00", "11:00"), "", run.Skip, run.Window{}, "AT is not set"},
		{"after a stop, before the first start", window("08:00", "11:00"), "07:00", run.Skip, run.Window{}, "nothing due earlier ever runs"},
		{"before a stop, which is taken back", window("08:00", "13:00"), "", run.CatchUp, window("08:00", ""), ""},
	} {
		got, err := test.window.Start(clock(test.at), noon, test.missed)
		expect(t, test.name, got, err, test.want, test.refused)
	}
}

func TestStop(t *testing.T) {
	for _, test := range []struct {
		name    string
		window  run.Window
		at      string
		want    run.Window
		refused string
	}{
		{"as soon as every tick has noticed", window("08:00", ""), "", window("08:00", "12:01"), ""},
		{"at a time", window("08:00", ""), "13:00", window("08:00", "13:00"), ""},
		{"at another time", window("08:00", "13:00"), "14:00", window("08:00", "14:00"), ""},
		{"at once, for what was due before", window("08:00", ""), "11:59", window("08:00", "11:59"), ""},
		{"before they have begun", window("22:00", ""), "", run.Window{}, ""},
		{"before the start", window("08:00", ""), "07:00", run.Window{}, "before runs were started"},
		{"never started", run.Window{}, "", run.Window{}, "no start is set"},
		{"twice", window("08:00", "11:00"), "", run.Window{}, "held already, from 2026-06-04T11:00:00Z on"},
	} {
		got, err := test.window.Stop(clock(test.at), noon)
		expect(t, test.name, got, err, test.want, test.refused)
	}
	if got, _ := window("08:00", "").Stop(clock(""), clock("12:00:01")); got != window("08:00", "12:02") {
		t.Errorf("got the end %v, want a whole minute, one minute away or more", got.Until)
	}
}

func expect(t *testing.T, name string, got run.Window, err error, want run.Window, refused string) {
	t.Helper()
	switch {
	case refused == "" && (err != nil || got != want):
		t.Errorf("%s: got %v, %v, want %v", name, got, err, want)
	case refused != "" && (err == nil || !strings.Contains(err.Error(), refused)):
		t.Errorf("%s: got the error %v, want one with %q", name, err, refused)
	}
}
