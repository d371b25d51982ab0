package task_test

import (
	"errors"
	"maps"
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
	s := &source{names: map[uuid.UUID]string{reportID: "Send scheduled report"}}
	c := &clock{noon}
	return task.NewCatalogue(s, c.now), s, c
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

func TestFailingRefreshServesTheOldCopy(t *testing.T) {
	c, s, clock := newCatalogue()
	look(t, c, s, reportID, 1)
	s.names, s.err = nil, errors.New("no table")
	clock.pass(10 * time.Second)
	if _, found, err := look(t, c, s, freshID, 2); found || err != nil {
		t.Errorf("got found %v and error %v for a missing task, want neither", found, err)
	}
	clock.pass(time.Second)
	look(t, c, s, freshID, 2)
	if name, found, err := look(t, c, s, reportID, 2); name != "Send scheduled report" || !found || err != nil {
		t.Errorf("got %q, %v, %v, want the task's name from the old copy", name, found, err)
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
