//go:build oauth

package clients_test

import "testing"

// TestPublicClientsRefreshTokens gets tokens with public OAuth clients, refreshes them, and updates a task with each
// new token.
func TestPublicClientsRefreshTokens(t *testing.T) { testClients(t, "refresh") }
