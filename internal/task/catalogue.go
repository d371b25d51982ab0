package task

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
)

// CatalogueSource is where the task catalogue is kept.
type CatalogueSource interface {
	// LoadCatalogue reads the whole catalogue: each task's GUID with its name.
	LoadCatalogue(ctx context.Context) (map[uuid.UUID]string, error)
}

// refreshInterval is how often a TaskID that the catalogue lacks may cause it to be read again.
const refreshInterval = 10 * time.Second

// Catalogue is a copy of the task catalogue that refreshes itself when a TaskID is missing from it, at
// most every ten seconds. An entry taken out of the catalogue stays known until the copy is next read.
// It is safe for concurrent use.
type Catalogue struct {
	source CatalogueSource
	now    func() time.Time

	mu    sync.Mutex
	names map[uuid.UUID]string // nil until it was read once
	tried time.Time            // of the last attempt to read it
}

// NewCatalogue makes a catalogue that has not been read yet.
func NewCatalogue(source CatalogueSource, now func() time.Time) *Catalogue {
	return &Catalogue{source: source, now: now}
}

// Refresh reads the catalogue. When it fails the old copy stays.
func (c *Catalogue) Refresh(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.refresh(ctx)
}

// Name looks a task up; found is false where the catalogue does not list it. The error is the source's; it
// comes only while the catalogue has never been read.
func (c *Catalogue) Name(ctx context.Context, id uuid.UUID) (name string, found bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if name, found = c.names[id]; found {
		return name, true, nil
	}
	if c.names == nil || c.now().Sub(c.tried) >= refreshInterval {
		err = c.refresh(ctx)
	}
	if c.names == nil {
		return "", false, err
	}
	name, found = c.names[id]
	return name, found, nil
}

func (c *Catalogue) refresh(ctx context.Context) error {
	c.tried = c.now()
	names, err := c.source.LoadCatalogue(ctx)
	if err != nil {
		return fmt.Errorf("load the task catalogue: %w", err)
	}
	c.names = names
	return nil
}
