package client

import (
	"time"

	"golang.org/x/crypto/bcrypt"
)

// ChosenCost is bcrypt's cost for secrets that people chose. It is too slow for tests.
var ChosenCost = chosenCost

// LoweredCost is the cost in the tests of this package.
const LoweredCost = bcrypt.MinCost

func init() { chosenCost = LoweredCost }

// CheckedAt returns the time at which a remembered access token was checked.
func (a *Authenticator) CheckedAt(accessToken string) time.Time {
	return a.cache.entries[HashToken(accessToken)].checked
}

// NewAccessToken is for tests that store tokens themselves.
var NewAccessToken = newAccessToken
