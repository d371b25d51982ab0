package client

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/bcrypt"
)

// Hash is the stored form of a secret: a tag that names the form, a colon, and the rest.
type Hash string

// The forms of hashes. A secret that people chose never has a fast hash.
const (
	// tagRandom is the SHA-256, in unpadded base64url, of a secret that the service made of 256 random bits.
	tagRandom = "sha256"
	// tagChosen is bcrypt of the base64 of the secret's SHA-256, because bcrypt ignores everything after 72 bytes.
	tagChosen = "bcrypt-sha256"
	// tagSaltFirst and tagSaltLast are like tagChosen, with a salt before or after the secret. The salt in base64 and a
	// colon come before the bcrypt.
	tagSaltFirst = "bcrypt-sha256-salt-first"
	tagSaltLast  = "bcrypt-sha256-salt-last"
	// tagRenewed is like tagChosen. At its first use it replaces a hash from another system. The SHA-256 of that hash
	// in unpadded base64url and a colon come before the bcrypt, so that a repeated import recognizes it. The old hash
	// had a random salt, which its SHA-256 does not reveal, so the SHA-256 cannot be used to guess secrets.
	tagRenewed = "bcrypt-sha256-renewed"
	// tagBcrypt is another system's bcrypt of the secret itself. It is renewed at first use.
	tagBcrypt = "bcrypt"
	// tagIdentity is ASP.NET Identity's PBKDF2, in the base64 that it stores. It is renewed at first use.
	tagIdentity = "aspnet"
)

// chosenCost is bcrypt's cost for secrets that people chose. This package's tests lower it.
var chosenCost = usualCost

// maxImportedCost is the highest cost of an imported bcrypt hash.
const maxImportedCost = 12

// HashSecret makes the hash of a secret that a person chose. It takes the time of bcrypt.
func HashSecret(secret string) (Hash, error) {
	digest := sha256.Sum256([]byte(secret))
	hashed, err := hashDigest(digest[:])
	return Hash(tagChosen + ":" + hashed), err
}

// renewedPrefix is the beginning of the hash that replaces another system's hash.
func renewedPrefix(old Hash) string {
	sum := sha256.Sum256([]byte(old))
	return tagRenewed + ":" + encoding.EncodeToString(sum[:]) + ":"
}

// renew makes the hash that replaces another system's hash. It needs the secret.
func (h Hash) renew(secret string) (Hash, error) {
	digest := sha256.Sum256([]byte(secret))
	hashed, err := hashDigest(digest[:])
	return Hash(renewedPrefix(h) + hashed), err
}

func hashDigest(digest []byte) (string, error) {
	hashed, err := bcrypt.GenerateFromPassword(prehash(digest), chosenCost)
	if err != nil {
		return "", fmt.Errorf("hash a secret: %w", err)
	}
	return string(hashed), nil
}

func prehash(digest []byte) []byte {
	return []byte(base64.StdEncoding.EncodeToString(digest))
}

// newSecret makes a secret of 256 random bits and its hash.
func newSecret() (secret string, hash Hash) {
	secret = random(tokenBytes)
	sum := sha256.Sum256([]byte(secret))
	return secret, Hash(tagRandom + ":" + encoding.EncodeToString(sum[:]))
}

func (h Hash) split() (tag, rest string) {
	tag, rest, _ = strings.Cut(string(h), ":")
	return tag, rest
}

// isFinal reports whether a hash has a form that the service itself makes, and needs no renewal.
func (h Hash) isFinal() bool {
	tag, _ := h.split()
	return tag != tagBcrypt && tag != tagIdentity
}

// String keeps hashes out of logs.
func (h Hash) String() string {
	tag, _ := h.split()
	return tag + ":…"
}

// kindRandom is the kind of a comparison with a random secret's hash. The names of other kinds say what a comparison
// costs.
const kindRandom = "sha256"

// kindChosen is the kind of a chosen secret's hash.
func kindChosen() string { return bcryptKind(chosenCost) }

func bcryptKind(cost int) string { return fmt.Sprintf("%s:%d", tagBcrypt, cost) }

// kind names the work of a comparison with the hash. It is empty if no secret can match the hash.
func (h Hash) kind() string {
	switch tag, rest := h.split(); tag {
	case tagRandom:
		return kindRandom
	case tagChosen, tagBcrypt:
		return kindOfBcrypt(rest)
	case tagSaltFirst, tagSaltLast, tagRenewed:
		_, hashed, _ := strings.Cut(rest, ":")
		return kindOfBcrypt(hashed)
	case tagIdentity:
		if v, err := readIdentity(rest); err == nil {
			return v.kind()
		}
	}
	return ""
}

func kindOfBcrypt(hashed string) string {
	cost, err := bcrypt.Cost([]byte(hashed))
	if err != nil {
		return ""
	}
	return bcryptKind(cost)
}

// matches reports whether the hash is that of the secret. It does the same work whatever the outcome.
func (h Hash) matches(secret string) bool {
	digest := sha256.Sum256([]byte(secret))
	switch tag, rest := h.split(); tag {
	case tagRandom:
		return subtle.ConstantTimeCompare([]byte(rest), []byte(encoding.EncodeToString(digest[:]))) == 1
	case tagChosen:
		return isBcryptOf(rest, prehash(digest[:]))
	case tagRenewed:
		_, hashed, _ := strings.Cut(rest, ":")
		return isBcryptOf(hashed, prehash(digest[:]))
	case tagBcrypt:
		return isBcryptOf(rest, []byte(secret))
	case tagSaltFirst, tagSaltLast:
		salt, hashed, _ := strings.Cut(rest, ":")
		return isBcryptOf(hashed, prehash(saltedDigest(tag, salt, secret)))
	case tagIdentity:
		v, err := readIdentity(rest)
		return err == nil && v.matches(secret)
	}
	return false
}

func isBcryptOf(hashed string, secret []byte) bool {
	return bcrypt.CompareHashAndPassword([]byte(hashed), secret) == nil
}

func saltedDigest(tag, salt, secret string) []byte {
	decoded, err := base64.StdEncoding.DecodeString(salt)
	if err != nil {
		return nil
	}
	text := append(decoded, secret...)
	if tag == tagSaltLast {
		text = append([]byte(secret), decoded...)
	}
	digest := sha256.Sum256(text)
	return digest[:]
}
