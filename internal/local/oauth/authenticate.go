package oauth

import (
	"crypto/sha256"
	"crypto/subtle"
)

// authenticate compares with every client and in constant time, so that the time
// it takes tells neither which clients exist nor how much of a secret was right.
func (i *Issuer) authenticate(id, secret string) (Client, bool) {
	var found Client
	matches := 0
	for _, client := range i.config.Clients {
		match := equal(id, client.ID) & equal(secret, client.Secret)
		if match == 1 {
			found = client
		}
		matches |= match
	}
	return found, matches == 1
}

// equal compares digests, whose length does not depend on the secret's.
func equal(a, b string) int {
	left, right := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(left[:], right[:])
}
