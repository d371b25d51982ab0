package task

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// DateLayout is how a date is written, in answers and in the table: ISO 8601 in UTC with up to seven
// fraction digits, trailing zeros trimmed (contract section 2).
const DateLayout = "2006-01-02T15:04:05.9999999-07:00"

// DateResolution is the smallest difference between two dates, .NET's tick.
const DateResolution = 100 * time.Nanosecond

// FormatDate writes a date by DateLayout.
func FormatDate(t time.Time) string { return t.UTC().Format(DateLayout) }

// UpdateRequest is an update as a reader found it, before the rules are applied.
type UpdateRequest struct {
	// ID is the task to be updated, from the path.
	ID uuid.UUID
	RequestBody
	// IfMatch holds the revisions at which the update may be applied. Empty means any.
	IfMatch []Revision
	// NotAt holds the revisions at which the update must not be applied. NotAtAny means every revision, so that
	// the update never applies to a task that exists.
	NotAt    []Revision
	NotAtAny bool
	// IdempotencyKey names the update for repeats; empty where the caller sent none.
	IdempotencyKey string
}

// Token identifies one change among all that are made of a task: with an idempotency key a repeat has the token of the
// change that it repeats; without one (empty) the token is made of a fresh GUID of newID.
func Token(caller Caller, idempotencyKey string, newID func() uuid.UUID) string {
	if idempotencyKey == "" {
		return freshToken(newID())
	}
	return writeToken(caller.ClientID(), idempotencyKey)
}

// Fingerprint tells what a change does that says nothing but its operation's name (contract section 5.23).
func Fingerprint(operation string) string { return digest(operation) }

// writeToken identifies one update among all updates of a task: a repeat has the token of the
// update it repeats, because client and key are the same (contract section 5.13).
func writeToken(clientID, idempotencyKey string) string {
	return shortHash(func(w io.Writer) {
		io.WriteString(w, clientID+"\x00"+idempotencyKey)
	})
}

// freshToken identifies an update without an idempotency key.
func freshToken(id uuid.UUID) string {
	return shortHash(func(w io.Writer) { w.Write(id[:]) })
}

// digest hashes a list of parts; different lists have different hashes.
func digest(parts ...string) string {
	return shortHash(func(w io.Writer) {
		for _, part := range parts {
			io.WriteString(w, strconv.Itoa(len(part))+":")
			io.WriteString(w, part)
		}
	})
}

// shortHash is base64url of the first 16 bytes of SHA-256.
func shortHash(write func(io.Writer)) string {
	hash := sha256.New()
	write(hash)
	return base64.RawURLEncoding.EncodeToString(hash.Sum(nil)[:16])
}
