package task

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
)

// CatalogueSource is where the task catalogue is kept.
type CatalogueSource interface {
	// LoadCatalogue reads the whole catalogue. The error has CodeTooManyRequests, CodeUnavailable or no code.
	LoadCatalogue(ctx context.Context) (CatalogueCopy, error)
}

// CatalogueCopy is the catalogue as it was read at one time.
type CatalogueCopy struct {
	// Names holds each task's GUID with its name.
	Names map[uuid.UUID]string
	// Skipped lists, for the log, the rows that could not be read; the others are in Names.
	Skipped []error
}

// refreshInterval is how often a TaskID that the catalogue lacks may cause it to be read again.
const refreshInterval = 10 * time.Second

// Catalogue is a copy of the task catalogue that refreshes itself when a TaskID is missing from it, at
// most every ten seconds. An entry taken out of the catalogue stays known until the copy is next read.
// A row that cannot be used is skipped and logged. It is safe for concurrent use.
type Catalogue struct {
	source CatalogueSource
	now    func() time.Time
	log    *slog.Logger

	mu    sync.Mutex
	names map[uuid.UUID]string // nil until it was read once
	tried time.Time            // of the last attempt to read it
	err   error                // of the last attempt to read it
}

// NewCatalogue makes a catalogue that has not been read yet.
func NewCatalogue(source CatalogueSource, now func() time.Time, log *slog.Logger) *Catalogue {
	return &Catalogue{source: source, now: now, log: log}
}

// Refresh reads the catalogue. When it fails the old copy stays. The error is one of Name.
func (c *Catalogue) Refresh(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refresh(ctx)
	return c.err
}

// Name looks a task up; found is false where the catalogue does not list it.
//
// A task that the copy lists is answered from the copy, however old that is. For one that it does not list the
// error has CodeUnavailable or CodeTooManyRequests while the catalogue cannot be read: the entry may be a new one.
// While it has never been read the error is the source's.
func (c *Catalogue) Name(ctx context.Context, id uuid.UUID) (name string, found bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if name, found = c.names[id]; found {
		return name, true, nil
	}
	if c.names == nil || c.now().Sub(c.tried) >= refreshInterval {
		c.refresh(ctx)
	}
	if c.err != nil {
		return "", false, c.err
	}
	name, found = c.names[id]
	return name, found, nil
}

// CatalogueEntry is a task that can be registered.
type CatalogueEntry struct {
	ID   uuid.UUID
	Name string
}

// Entries lists the catalogue in the order of IDs, from a copy that is at most ten seconds old. While it cannot be
// read, the old copy is listed; the error is the source's, and is returned only until the first read succeeds.
func (c *Catalogue) Entries(ctx context.Context) ([]CatalogueEntry, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.names == nil || c.now().Sub(c.tried) >= refreshInterval {
		c.refresh(ctx)
	}
	if c.names == nil {
		return nil, c.err
	}
	entries := make([]CatalogueEntry, 0, len(c.names))
	for id, name := range c.names {
		entries = append(entries, CatalogueEntry{id, name})
	}
	slices.SortFunc(entries, func(a, b CatalogueEntry) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return entries, nil
}

func (c *Catalogue) refresh(ctx context.Context) {
	c.tried = c.now()
	read, err := c.source.LoadCatalogue(ctx)
	if c.err = c.codedError(err); err != nil {
		c.log.WarnContext(ctx, "the task catalogue could not be read", "cause", err, "entriesInOldCopy", len(c.names))
		return
	}
	names, skipped := usable(read)
	c.logSkipped(ctx, skipped)
	c.names = names
}

// codedError adds a code to a failed refresh of a copy, whatever the cause: nothing has been applied. Without a copy
// an error that has no code keeps none, so that a release that may not read its table is an internal error.
func (c *Catalogue) codedError(err error) error {
	var known *Error
	if err == nil || c.names == nil || errors.As(err, &known) {
		return err
	}
	return &Error{Code: CodeUnavailable, Cause: fmt.Errorf("load the task catalogue: %w", err),
		Reason: "The task catalogue could not be read, and nothing was changed: repeat the request later."}
}

// usable drops the entries that are not valid.
func usable(read CatalogueCopy) (names map[uuid.UUID]string, skipped []error) {
	names, skipped = make(map[uuid.UUID]string, len(read.Names)), read.Skipped
	for id, name := range read.Names {
		if err := CheckCatalogueEntry(id, name); err != nil {
			skipped = append(skipped, err)
			continue
		}
		names[id] = name
	}
	return names, skipped
}

// shownSkipped is how many skipped rows a log record describes.
const shownSkipped = 5

func (c *Catalogue) logSkipped(ctx context.Context, skipped []error) {
	if len(skipped) == 0 {
		return
	}
	c.log.WarnContext(ctx, "rows of the task catalogue were skipped",
		"rows", len(skipped), "cause", errors.Join(skipped[:min(len(skipped), shownSkipped)]...))
}
