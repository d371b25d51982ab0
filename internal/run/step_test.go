package run

import (
	"testing"
	"time"

	"accounttasks/internal/task"
)

var noon = time.Date(2026, time.June, 4, 12, 0, 0, 0, time.UTC)

func TestALookNotesSinceWhenATaskIsOff(t *testing.T) {
	earlier := noon.Add(-time.Hour)
	for _, test := range []struct {
		name    string
		enabled bool
		off     time.Time
		want    time.Time
	}{
		{"disabled, as no edit has noted", false, time.Time{}, noon},
		{"disabled, as an edit has noted", false, earlier, earlier},
		{"enabled", true, earlier, time.Time{}},
	} {
		s := State{Task: task.Task{Enabled: test.enabled}, Edited: earlier, On: earlier, Off: test.off}
		if got := s.planned(noon); got.Off != test.want || !got.Edited.IsZero() || !got.On.IsZero() {
			t.Errorf("%s: got Off %v, Edited %v, On %v, want %v and no more", test.name, got.Off, got.Edited, got.On, test.want)
		}
	}
}

func TestATaskItselfTellsWhetherItIsToBeLookedAt(t *testing.T) {
	soon, edited := noon.Add(3*time.Second), noon.Add(early)
	for _, test := range []struct {
		name string
		Kept
		want bool
	}{
		{"nothing to do", Kept{}, false},
		{"edited", Kept{DueAt: noon.Add(-time.Hour)}, true},
		{"edited by a clock that is ahead", Kept{DueAt: edited}, true},
		{"edited by a clock that is far ahead", Kept{DueAt: edited.Add(task.DateResolution)}, false},
		{"planned and due", Kept{DueAt: noon, Next: noon}, true},
		{"planned and not due yet", Kept{DueAt: soon, Next: soon}, false},
		{"a lease that has run out", Kept{DueAt: noon, Open: &Run{}}, true},
		{"a lease that has not", Kept{DueAt: soon, Open: &Run{}}, false},
	} {
		if got := (State{Kept: test.Kept}).toBeLookedAt(noon); got != test.want {
			t.Errorf("%s: got %t, want %t", test.name, got, test.want)
		}
	}
}
