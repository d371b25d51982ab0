package client

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// The fields of a request to add a client (contract section 7).
var (
	FieldName   = task.NewField("Name", fmt.Sprintf("1 to %d printable characters", nameLimit), task.BeforeBody+1)
	FieldSecret = task.NewField("Secret", fmt.Sprintf("%d to %d printable characters", secretLeast, secretMost), task.BeforeBody+2)
	FieldUserID = task.NewField("UserID", "the GUID of a user", task.BeforeBody+3)
)

// The numbers of characters that the name and the secret of an added client may have.
const (
	nameLimit   = 18
	secretLeast = 12
	secretMost  = 50
)

// AddRequest is a decoded request to add a client to the caller's account.
type AddRequest struct {
	Name, Secret   string
	UserID         uuid.UUID
	IdempotencyKey string
	task.Reading
}

// Slots are the fields of the body with the places for their values, in their published order.
func (r *AddRequest) Slots() []task.Slot {
	return []task.Slot{{Field: FieldName, Value: &r.Name}, {Field: FieldSecret, Value: &r.Secret}, {Field: FieldUserID, Value: &r.UserID}}
}

// validate adds a problem for each bad field. It does not repeat the secret.
func (r *AddRequest) validate() error {
	r.check(FieldName, r.Name == "", "empty", isPrintable(r.Name, 1, nameLimit), task.QuoteValue(r.Name))
	r.check(FieldSecret, r.Secret == "", "empty", isPrintable(r.Secret, secretLeast, secretMost), "what was sent")
	r.check(FieldUserID, r.UserID == uuid.Nil, "the all-zero GUID", true, "")
	return r.Problems.Err()
}

// check adds a problem if the field has its zero value, which is left out or was sent so, or a value that is not good.
func (r *AddRequest) check(f task.Field, isZero bool, zero string, good bool, value string) {
	switch {
	case r.Problems.Has(f):
	case isZero && !r.Sent(f):
		r.Problems.AddMissing(f)
	case isZero:
		r.Problems.AddInvalid(f, r.Reading.Name(f), zero)
	case !good:
		r.Problems.AddInvalid(f, r.Reading.Name(f), value)
	}
}

// isPrintable reports whether a text has between least and most characters, all printable and not all of them spaces.
func isPrintable(text string, least, most int) bool {
	isUnprintable := func(r rune) bool { return !unicode.IsPrint(r) || r == utf8.RuneError }
	characters := utf8.RuneCountInString(text)
	return characters >= least && characters <= most && strings.TrimSpace(text) != "" && !strings.ContainsFunc(text, isUnprintable)
}

// Added is the result of adding a client.
type Added struct {
	Client Client
	// Replayed says that an earlier request with the same idempotency key added the client.
	Replayed bool
}

// addedNamespace is the namespace in which idempotency keys become ids of added clients (RFC 9562, section 5.5).
var addedNamespace = uuid.MustParse("c1b6a4de-2f0c-4b6e-8d57-91f3e07a5b28")

// Add adds a client to the caller's account. It gets the caller's scopes, except the one to add clients. A repeat with
// the same idempotency key finds the client that is there, if name, user and secret are the same. The errors are
// those of a request's problems, and *task.Error with
//   - task.CodeForbidden where no scope is left for the new client;
//   - task.CodeInvalidRequest where the account has AddedLimit such clients;
//   - task.CodeIdempotencyKeyReused where the key was used for another request;
//   - task.CodeTooManyRequests where the store was too busy and nothing was changed;
//   - task.CodeUnavailable where the store does not answer.
func (r *Registry) Add(ctx context.Context, caller task.Caller, request AddRequest) (Added, error) {
	if err := request.validate(); err != nil {
		return Added{}, err
	}
	c := Client{
		ID: uuid.NewString(), AccountID: caller.AccountID(), UserID: request.UserID.String(), Name: request.Name,
		Scopes: slices.DeleteFunc(caller.Scopes(), func(s string) bool { return s == task.ScopeWriteClients }), Added: true,
	}
	if len(c.Scopes) == 0 {
		return Added{}, &task.Error{Code: task.CodeForbidden,
			Reason: "The token grants no scope that the new client could have: send one that grants " + task.ScopeRead + " or " + task.ScopeWrite + " too."}
	}
	if request.IdempotencyKey != "" {
		c.ID = uuid.NewSHA1(addedNamespace, []byte(caller.ClientID()+"\x00"+request.IdempotencyKey)).String()
		c.Fingerprint = request.fingerprint()
		if added, err := r.added(ctx, c, request.Secret); !errors.Is(err, ErrNotFound) {
			return added, err
		}
	}
	hash, err := HashSecret(request.Secret)
	if err != nil {
		return Added{}, err
	}
	created, err := r.create(ctx, c, hash)
	switch {
	case errors.Is(err, ErrExists):
		return r.added(ctx, c, request.Secret)
	case errors.Is(err, ErrFull):
		return Added{}, &task.Error{Code: task.CodeInvalidRequest,
			Reason: fmt.Sprintf("Your account has %d clients that were added this way, and that is the most: have one removed first.", AddedLimit)}
	}
	return Added{Client: created}, err
}

// fingerprint identifies the request. It leaves out the secret, because a fast hash of the secret would defeat bcrypt.
func (r *AddRequest) fingerprint() string {
	sum := sha256.Sum256([]byte("AddClient\x00" + r.Name + "\x00" + r.UserID.String()))
	return encoding.EncodeToString(sum[:])
}

// added finds the client that an earlier request with the same key added: ErrNotFound where there is none. It has to
// have this very secret, because the answer shows the secret as it was sent.
func (r *Registry) added(ctx context.Context, c Client, secret string) (Added, error) {
	found, err := r.load(ctx, c.ID)
	if err != nil {
		return Added{}, err
	}
	isSecret := func(id string) bool { return found.Hashes[id].matches(secret) }
	if found.Client.AccountID != c.AccountID || found.Client.Fingerprint != c.Fingerprint ||
		!slices.ContainsFunc(found.Client.Secrets, isSecret) {
		return Added{}, &task.Error{Code: task.CodeIdempotencyKeyReused}
	}
	return Added{Client: found.Client, Replayed: true}, nil
}
