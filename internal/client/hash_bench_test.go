package client_test

import (
	"fmt"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"accounttasks/internal/client"
)

// BenchmarkCompareSecret measures what each request for a token takes: one comparison at the cost of chosen secrets, and at
// the highest cost of imported ones. COSTS.md has the figures.
func BenchmarkCompareSecret(b *testing.B) {
	secret := []byte("a secret that a person chose")
	for _, cost := range []int{client.ChosenCost, 12} {
		hash, err := bcrypt.GenerateFromPassword(secret, cost)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("cost=%d", cost), func(b *testing.B) {
			for b.Loop() {
				if err := bcrypt.CompareHashAndPassword(hash, secret); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
