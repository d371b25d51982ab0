package client

// NewAccessToken and HashToken are for tests that store tokens themselves.
var (
	NewAccessToken = newAccessToken
	HashToken      = hashToken
)
