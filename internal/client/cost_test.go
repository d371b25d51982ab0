//go:build !race

package client_test

import (
	"testing"

	"accounttasks/internal/client"
)

func TestTheCostOfAChosenSecretIsNotTheTests(t *testing.T) {
	if client.ChosenCost != 10 {
		t.Errorf("got %d, want 10", client.ChosenCost)
	}
}
