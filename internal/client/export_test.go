package client

import (
	"time"

	"golang.org/x/crypto/bcrypt"
)

// ChosenCost is bcrypt's cost for secrets that people chose, which tests cannot wait for.
var ChosenCost = chosenCost

// LoweredCost is what the tests of this package have in its place.
const LoweredCost = bcrypt.MinCost

func init() { chosenCost = LoweredCost }

// CheckedAt is when an access token that is remembered was checked.
func (a *Authenticator) CheckedAt(accessToken string) time.Time {
	return a.cache.entries[HashToken(accessToken)].checked
}

// NewAccessToken is for tests that store tokens themselves.
var NewAccessToken = newAccessToken
