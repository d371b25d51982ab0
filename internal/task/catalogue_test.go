package task_test

import (
	"errors"
	"log/slog"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// clock is a time that tests move on.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

func (c *clock) pass(d time.Duration) { c.Time = c.Add(d) }

func newCatalogue() (*task.Catalogue, *source, *clock) {
	c, s, clock, _ := loggedCatalogue()
	return c, s, clock
}

// loggedCatalogue is a catalogue with what it has written to the log.
func loggedCatalogue() (*task.Catalogue, *source, *clock, *strings.Builder) {
	s := &source{names: map[uuid.UUID]string{reportID: "Send scheduled report"}}
	c := &clock{noon}
	var log strings.Builder
	return task.NewCatalogue(s, c.now, slog.New(slog.NewTextHandler(&log, nil))), s, c, &log
}

// look looks a task up and demands that the source has been read so often by then.
func look(t *testing.T, c *task.Catalogue, s *source, id uuid.UUID, reads int) (name string, found bool, err error) {
	t.Helper()
	name, found, err = c.Name(t.Context(), id)
	if s.reads != reads {
		t.Errorf("the source was read %d times by now, want %d", s.reads, reads)
	}
	return name, found, err
}

func TestListedTaskIsFoundWithoutReadingAgain(t *testing.T) {
	c, s, clock := newCatalogue()
	if err := c.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		clock.pass(time.Hour)
		name, found, err := look(t, c, s, reportID, 1)
		if name != "Send scheduled report" || !found || err != nil {
			t.Errorf("got %q, %v, %v, want the task's name", name, found, err)
		}
	}
}

func TestCatalogueIsReadByTheFirstLookThatNeedsIt(t *testing.T) {
	c, s, _ := newCatalogue()
	if name, found, err := look(t, c, s, reportID, 1); name != "Send scheduled report" || !found || err != nil {
		t.Errorf("got %q, %v, %v, want the task's name", name, found, err)
	}
}

func TestMissingTaskRefreshesAtMostEveryTenSeconds(t *testing.T) {
	c, s, clock := newCatalogue()
	look(t, c, s, freshID, 1)
	clock.pass(10*time.Second - 1)
	look(t, c, s, freshID, 1)
	clock.pass(1)
	look(t, c, s, freshID, 2)
	look(t, c, s, freshID, 2)
	s.names = maps.Clone(s.names)
	s.names[freshID] = "Import address book"
	clock.pass(10 * time.Second)
	if name, found, err := look(t, c, s, freshID, 3); name != "Import address book" || !found || err != nil {
		t.Errorf("got %q, %v, %v, want the name of the task that was added", name, found, err)
	}
}

func TestFailedRefreshServesTheOldCopyAndRefusesNoTaskAsUnknown(t *testing.T) {
	c, s, clock, log := loggedCatalogue()
	look(t, c, s, reportID, 1)
	s.err = errors.New("no table")
	clock.pass(10 * time.Second)
	for range 2 { // the failed attempt, and within ten seconds of it
		_, found, err := look(t, c, s, freshID, 2)
		if found || task.AsError(err).Code != task.CodeUnavailable || !strings.Contains(task.AsError(err).Reason, "nothing was changed") {
			t.Errorf("got found %v and error %v for a task that may be new, want %s", found, err, task.CodeUnavailable)
		}
		clock.pass(time.Second)
	}
	if name, found, err := look(t, c, s, reportID, 2); name != "Send scheduled report" || !found || err != nil {
		t.Errorf("got %q, %v, %v, want the task's name from the old copy", name, found, err)
	}
	if got := log.String(); strings.Count(got, "could not be read") != 1 || !strings.Contains(got, "no table") || !strings.Contains(got, "entriesInOldCopy=1") {
		t.Errorf("the log has %q, want one record with the cause and the size of the old copy", got)
	}
	s.err = nil
	clock.pass(10 * time.Second)
	if _, found, err := look(t, c, s, freshID, 3); found || err != nil {
		t.Errorf("the table is back: got found %v and error %v for a missing task, want neither", found, err)
	}
}

func TestThrottledRefreshKeepsItsCode(t *testing.T) {
	c, s, _ := newCatalogue()
	s.err = &task.Error{Code: task.CodeTooManyRequests, Reason: "The table is busy."}
	if _, _, err := look(t, c, s, freshID, 1); task.AsError(err).Code != task.CodeTooManyRequests {
		t.Errorf("got %v, want %s", err, task.CodeTooManyRequests)
	}
}

func TestBadRowsAreLeftOutAndLogged(t *testing.T) {
	c, s, _, log := loggedCatalogue()
	s.names[freshID] = "two\nlines"
	s.skipped = []error{errors.New(`the row "TASK#x"`)}
	if err := c.Refresh(t.Context()); err != nil {
		t.Fatalf("got %v, want the rows left out", err)
	}
	if _, found, err := look(t, c, s, freshID, 1); found || err != nil {
		t.Errorf("got found %v and error %v for the entry with a bad name, want neither", found, err)
	}
	if _, found, err := look(t, c, s, reportID, 1); !found || err != nil {
		t.Errorf("got found %v and error %v for the good entry, want it", found, err)
	}
	for _, want := range []string{"rows=2", "TASK#x", freshID.String()} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log has %q, want %s in it", log.String(), want)
		}
	}
}

func TestALongListOfBadRowsIsOneShortRecord(t *testing.T) {
	c, s, _, log := loggedCatalogue()
	for range 1000 {
		s.names[uuid.New()] = strings.Repeat("x", 1000)
	}
	if err := c.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := log.String(); !strings.Contains(got, "rows=1000") || len(got) > 2000 {
		t.Errorf("the log has %d bytes, want one short record of 1000 rows", len(got))
	}
}

func TestCatalogueThatWasNeverReadIsAnError(t *testing.T) {
	c, s, _ := newCatalogue()
	s.err = errors.New("no table")
	if err := c.Refresh(t.Context()); !errors.Is(err, s.err) {
		t.Errorf("Refresh: got %v, want the source's error", err)
	}
	if _, found, err := look(t, c, s, reportID, 2); found || !errors.Is(err, s.err) {
		t.Errorf("Name: got found %v and error %v, want the source's error", found, err)
	}
	s.err = nil
	if _, found, err := look(t, c, s, reportID, 3); !found || err != nil {
		t.Errorf("the table is back: got found %v and error %v, want the task at once", found, err)
	}
}

func TestEmptyCatalogueIsNoError(t *testing.T) {
	c, s, _ := newCatalogue()
	s.names = map[uuid.UUID]string{}
	look(t, c, s, reportID, 1)
	if _, found, err := look(t, c, s, reportID, 1); found || err != nil {
		t.Errorf("got found %v and error %v, want neither", found, err)
	}
}
