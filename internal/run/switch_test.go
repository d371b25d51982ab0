package run_test

import (
	"errors"
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
		refused error
	}{
		{"for the first time", run.Window{}, "22:00", run.Unsaid, window("22:00", ""), nil},
		{"for the first time, a little late", run.Window{}, "11:30", run.Unsaid, window("11:30", ""), nil},
		{"earlier than planned", window("22:00", ""), "20:00", run.Unsaid, window("20:00", ""), nil},
		{"without a time", run.Window{}, "", run.Unsaid, run.Window{}, run.ErrNoTime},
		{"at a time more than a day ago", run.Window{}, "3 11:00", run.Unsaid, run.Window{}, run.ErrTooOld},
		{"for the first time, with what was missed", run.Window{}, "22:00", run.Skip, run.Window{}, run.ErrNothingMissed},
		{"twice", window("10:00", ""), "22:00", run.Unsaid, run.Window{}, run.ErrStarted},
		{"after a stop, without saying what was missed", window("08:00", "11:00"), "22:00", run.Unsaid, run.Window{}, run.ErrMissedUnsaid},
		{"after a stop, catching up", window("08:00", "11:00"), "", run.CatchUp, window("08:00", ""), nil},
		{"after a stop, catching up at a time", window("08:00", "11:00"), "11:00", run.CatchUp, run.Window{}, run.ErrCatchUpAt},
		{"after a stop, skipping", window("08:00", "11:00"), "13:00", run.Skip, window("13:00", ""), nil},
		{"after a stop, skipping without a time", window("08:00", "11:00"), "", run.Skip, run.Window{}, run.ErrNoTime},
		{"after a stop, before the first start", window("08:00", "11:00"), "07:00", run.Skip, run.Window{}, run.ErrBeforeStart},
		{"before a stop, which is taken back", window("08:00", "13:00"), "", run.CatchUp, window("08:00", ""), nil},
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
		refused error
	}{
		{"as soon as every tick has noticed", window("08:00", ""), "", window("08:00", "12:01"), nil},
		{"at a time", window("08:00", ""), "13:00", window("08:00", "13:00"), nil},
		{"at another time", window("08:00", "13:00"), "14:00", window("08:00", "14:00"), nil},
		{"at once, for what was due before", window("08:00", ""), "11:59", window("08:00", "11:59"), nil},
		{"before they have begun", window("22:00", ""), "", run.Window{}, nil},
		{"before the start", window("08:00", ""), "07:00", run.Window{}, run.ErrEndBeforeStart},
		{"never started", run.Window{}, "", run.Window{}, run.ErrNeverStarted},
		{"twice", window("08:00", "11:00"), "", run.Window{}, run.ErrHeld},
	} {
		got, err := test.window.Stop(clock(test.at), noon)
		expect(t, test.name, got, err, test.want, test.refused)
	}
	if got, _ := window("08:00", "").Stop(clock(""), clock("12:00:01")); got != window("08:00", "12:02") {
		t.Errorf("got the end %v, want a whole minute, one minute away or more", got.Until)
	}
}

func expect(t *testing.T, name string, got run.Window, err error, want run.Window, refused error) {
	t.Helper()
	if !errors.Is(err, refused) || err == nil && got != want {
		t.Errorf("%s: got %v, %v, want %v, %v", name, got, err, want, refused)
	}
}
