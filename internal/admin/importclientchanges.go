package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"accounttasks/internal/client"
)

// clientChange is one client of an import, or one that the import lacks, with the verdict.
type clientChange struct {
	verdict
	clientRow
	compared client.Comparison
	stored   client.Client // for one that the file lacks
}

// judgeClients compares the clients of the files with those of the table.
func judgeClients(ctx context.Context, registry *client.Registry, files *importFiles) ([]clientChange, error) {
	if !files.hasClients {
		return nil, nil
	}
	var mu sync.Mutex
	var changes []clientChange
	_, err := doAll(ctx, files.clients, func(ctx context.Context, row clientRow) error {
		compared, err := registry.Compare(ctx, row.ImportedClient)
		if err != nil {
			return fmt.Errorf("client %s: %w", row.Client.ID, err)
		}
		mu.Lock()
		defer mu.Unlock()
		changes = append(changes, clientChange{verdict: clientVerdict(compared), clientRow: row, compared: compared})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("nothing was written: %w", err)
	}
	slices.SortFunc(changes, func(a, b clientChange) int { return a.line - b.line })
	if files.err() != nil {
		return changes, nil // the clients of wrong lines are not gone
	}
	gone, err := goneClients(ctx, registry, files.clients)
	return append(changes, gone...), err
}

func clientVerdict(c client.Comparison) verdict {
	switch {
	case !c.Exists:
		return isNew
	case c.Differs == nil:
		return isSame
	case c.Untouched:
		return isChanged
	}
	return isConflict
}

// goneClients are the imported clients that the file does not have any more.
func goneClients(ctx context.Context, registry *client.Registry, rows []clientRow) ([]clientChange, error) {
	inFile := map[string]bool{}
	for _, row := range rows {
		inFile[row.Client.ID] = true
	}
	all, bad, err := clients(ctx, registry)
	if err := errors.Join(append(bad, err)...); err != nil {
		return nil, fmt.Errorf("nothing was written: %w", err)
	}
	var gone []clientChange
	for _, c := range all {
		switch {
		case inFile[c.ID] || c.Imported == "":
		case c.IsAsImported():
			gone = append(gone, clientChange{verdict: isGone, stored: c})
		default:
			gone = append(gone, clientChange{verdict: isGoneThere, stored: c})
		}
	}
	slices.SortFunc(gone, func(a, b clientChange) int { return cmp.Compare(a.stored.ID, b.stored.ID) })
	return gone, nil
}

// apply writes what the verdict says. written is false where the client has changed since it was judged.
func (c clientChange) apply(ctx context.Context, registry *client.Registry) (written bool, err error) {
	switch c.verdict {
	case isNew:
		_, err = registry.Import(ctx, c.ImportedClient)
	case isChanged:
		err = registry.Update(ctx, c.ImportedClient, c.compared)
	case isGone:
		err = registry.RemoveImported(ctx, c.stored)
	}
	if errors.Is(err, client.ErrChanged) || errors.Is(err, client.ErrExists) {
		return false, nil
	}
	return err == nil, clientError(cmp.Or(c.Client.ID, c.stored.ID), err)
}
