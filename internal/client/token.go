package client

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"
)

// Kind says what a token is for.
type Kind string

// The kinds of tokens.
const (
	KindAccess  Kind = "ACCESS"
	KindRefresh Kind = "REFRESH"
)

// How long tokens are good, and how long a refresh token that was used may be sent again.
const (
	AccessLifetime  = 8 * time.Hour
	RefreshLifetime = 30 * 24 * time.Hour
	RepeatWindow    = 60 * time.Second
)

// Token is what is stored of an access or refresh token.
type Token struct {
	Kind     Kind
	ClientID string
	// Hash is what stands for the token in the store.
	Hash   string
	Scopes []string
	// SecretID and Generation are those of its client when the token was issued.
	SecretID, Generation string
	ExpiresAt            time.Time
	// Family is shared by a refresh token and all that replace it.
	Family string
	// UsedAt is when a refresh token was first used; zero if it was not.
	UsedAt time.Time
}

// isGood reports whether a stored token is of the kind and still counts. A token or client that was not found is
// its zero value, which is never good.
func (t Token) isGood(kind Kind, c Client, now time.Time) bool {
	return t.Kind == kind && c.ID != "" && t.ClientID == c.ID && t.Generation != "" && t.Generation == c.Generation &&
		slices.Contains(c.Secrets, t.SecretID) && now.Before(t.ExpiresAt)
}

// encoding is unpadded and refuses bits that are left over, so that a token has one spelling.
var encoding = base64.RawURLEncoding.Strict()

// random makes text of so many random bytes.
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

// readAccessToken takes the client's id out of an access token.
func readAccessToken(token string) (clientID string, ok bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 2 || !isRandom(parts[1], tokenBytes) {
		return "", false
	}
	return readClientID(parts[0])
}

// readRefreshToken takes the family out of a refresh token. Whose token it is its hash tells.
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

// HashToken makes what stands for a token in the store. A token has 256 random bits, so a fast hash is enough.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return encoding.EncodeToString(sum[:])
}
