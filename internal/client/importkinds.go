package client

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// PrepareImport stores the kinds of all hashes of an import, so that a file with too many kinds is refused before the
// first client is written.
func (r *Registry) PrepareImport(ctx context.Context, clients []ImportedClient) error {
	if len(clients) == 0 {
		return nil
	}
	found, err := r.store.LoadCredentials(ctx, clients[0].Client.ID, RefreshKey{})
	if err != nil {
		return err
	}
	var added []string
	for _, c := range clients {
		kind := c.Secret.ready.kind()
		if kind != "" && !isAlwaysCompared(kind) && !slices.Contains(found.Kinds, kind) && !slices.Contains(added, kind) {
			added = append(added, kind)
		}
	}
	if total := len(found.Kinds) + len(added); total > maxKinds {
		return fmt.Errorf("the table would have hashes of %d kinds (%s), and each makes every request for a token slower: %d are the most. Import the plain secrets of the rarest, or register these clients anew",
			total, strings.Join(append(slices.Clone(found.Kinds), added...), ", "), maxKinds)
	}
	if len(added) == 0 {
		return nil
	}
	return r.store.AddKinds(ctx, added...)
}

// isAlwaysCompared reports whether every request for a token makes a comparison of the kind in any case.
func isAlwaysCompared(kind string) bool { return kind == kindRandom || kind == kindChosen() }
