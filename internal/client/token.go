package client

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"
)

// Kind is the purpose of a token.
type Kind string

// The kinds of tokens.
const (
	KindAccess  Kind = "ACCESS"
	KindRefresh Kind = "REFRESH"
)

// The lifetimes of tokens, and how long a used refresh token may be sent again.
const (
	AccessLifetime  = 8 * time.Hour
	RefreshLifetime = 30 * 24 * time.Hour
	RepeatWindow    = 60 * time.Second
)

// Token is the stored form of an access or refresh token.
type Token struct {
	Kind     Kind
	ClientID string
	// Hash represents the token in the store.
	Hash   string
	Scopes []string
	// SecretID and Generation are the values of its client when the token was issued.
	SecretID, Generation string
	ExpiresAt            time.Time
	// Family is the same in a refresh token and in all tokens that replace it.
	Family string
	// UsedAt is when a refresh token was first used; zero if it was not.
	UsedAt time.Time
}

// isGood reports whether a stored token is of the kind and valid. The zero value of a token or a client, which was not
// found, is never valid.
func (t Token) isGood(kind Kind, c Client, now time.Time) bool {
	return t.Kind == kind && c.ID != "" && t.ClientID == c.ID && t.Generation != "" && t.Generation == c.Generation &&
		slices.Contains(c.Secrets, t.SecretID) && now.Before(t.ExpiresAt)
}

// encoding is unpadded and refuses extra bits, so that a token has only one spelling.
var encoding = base64.RawURLEncoding.Strict()

// random returns text of this number of random bytes.
func random(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // it never fails
	return encoding.EncodeToString(b)
}

// The sizes of random values, in bytes.
const (
	tokenBytes  = 32
	familyBytes = 16
)

// newAccessToken makes the text of an access token: the client's id and 256 random bits.
func newAccessToken(clientID string) string {
	return encoding.EncodeToString([]byte(clientID)) + "." + random(tokenBytes)
}

// newRefreshToken makes the text of a refresh token, which names its family too.
func newRefreshToken(clientID, family string) string {
	return encoding.EncodeToString([]byte(clientID)) + "." + family + "." + random(tokenBytes)
}

// readAccessToken returns the client's id in an access token.
func readAccessToken(token string) (clientID string, ok bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 2 || !isRandom(parts[1], tokenBytes) {
		return "", false
	}
	return readClientID(parts[0])
}

// readRefreshToken returns the family in a refresh token. The token's hash identifies its client.
func readRefreshToken(token string) (family string, ok bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || !isRandom(parts[1], familyBytes) || !isRandom(parts[2], tokenBytes) {
		return "", false
	}
	return parts[1], true
}

func readClientID(encoded string) (string, bool) {
	id, err := encoding.DecodeString(encoded)
	return string(id), err == nil && CheckID(string(id)) == nil
}

func isRandom(text string, bytes int) bool {
	b, err := encoding.DecodeString(text)
	return err == nil && len(b) == bytes && len(text) == encoding.EncodedLen(bytes)
}

// HashToken makes the hash that represents a token in the store. A token has 256 random bits, so a fast hash is enough.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return encoding.EncodeToString(sum[:])
}
