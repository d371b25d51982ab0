package client_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/client"
)

// imported is a client with another system's bcrypt hash of this cost.
func imported(t *testing.T, id string, cost int) client.ImportedClient {
	t.Helper()
	secret, err := client.ParseHash(fmt.Sprintf("bcrypt:$2a$%02d$%s", cost, strings.Repeat("a", 53)))
	if err != nil {
		t.Fatal(err)
	}
	return client.ImportedClient{Client: record(id), Secret: secret}
}

func TestAnImportOfTooManyKindsOfHashesIsRefusedBeforeItBegins(t *testing.T) {
	w := newWorld()
	var clients []client.ImportedClient
	for cost := 4; cost <= 12; cost++ {
		if cost != client.LoweredCost { // every request for a token costs one of those anyway
			clients = append(clients, imported(t, fmt.Sprint(cost), cost), imported(t, fmt.Sprint(cost, "again"), cost))
		}
	}
	if err := w.registry.PrepareImport(t.Context(), clients); err != nil {
		t.Fatalf("eight kinds: %v", err)
	}
	before := slices.Clone(w.kinds)
	if len(before) != 8 {
		t.Errorf("noted are %v, want eight kinds", before)
	}
	clients = append(clients, client.ImportedClient{Client: record("identity"), Secret: identitySecret(t)})
	if err := w.registry.PrepareImport(t.Context(), clients); err == nil || !strings.Contains(err.Error(), "9 kinds") || !slices.Equal(w.kinds, before) {
		t.Errorf("a ninth kind: got %v, and %v are noted", err, w.kinds)
	}
}

func identitySecret(t *testing.T) client.ImportedSecret {
	t.Helper()
	secret, err := client.ParseHash("aspnet:AAECAwQFBgcICQoLDA0ODxDIsRfk2Vy6HuvxE8s+mvv25Aq/G8C3a+6UUwqBCcmtHw==")
	if err != nil {
		t.Fatal(err)
	}
	return secret
}
