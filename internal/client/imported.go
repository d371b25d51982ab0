package client

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/crypto/bcrypt"
)

// ImportedSecret is a secret from another system, plain or as a tagged hash.
type ImportedSecret struct {
	// ready is a hash that is stored as it is.
	ready Hash
	// digest is the SHA-256 of a secret, or of a secret and its salt. It is hashed with bcrypt before it is stored.
	digest []byte
	// tag and salt say how the digest was made.
	tag, salt string
}

// plainLimit is how many bytes a plain secret may have. A request for a token has room for them, also escaped.
const plainLimit = 16 << 10

// PlainSecret takes a secret itself.
func PlainSecret(secret string) (ImportedSecret, error) {
	switch {
	case secret == "":
		return ImportedSecret{}, errors.New("the secret is empty")
	case len(secret) > plainLimit:
		return ImportedSecret{}, fmt.Errorf("the secret has %d bytes: %d are the most", len(secret), plainLimit)
	}
	digest := sha256.Sum256([]byte(secret))
	return ImportedSecret{digest: digest[:], tag: tagChosen}, nil
}

// The tags of hashes that can be imported: what follows the tag and a colon is
//   - bcrypt: the hash as other systems store it, `$2a$`, `$2b$` or `$2y$`, up to cost 12;
//   - aspnet: the base64 of ASP.NET Identity, version 2 or 3;
//   - sha256: hexadecimal or base64 of the SHA-256 of the secret;
//   - sha256-salt-first, sha256-salt-last: the base64 of the salt, a colon, and the SHA-256 of salt and secret, or of
//     secret and salt, hexadecimal or base64.
const (
	importBcrypt    = "bcrypt"
	importIdentity  = "aspnet"
	importSHA256    = "sha256"
	importSaltFirst = "sha256-salt-first"
	importSaltLast  = "sha256-salt-last"
)

// ParseHash reads a tagged hash. The error says what is wrong and repeats nothing of it.
func ParseHash(tagged string) (ImportedSecret, error) {
	if strings.ContainsAny(tagged, "\r\n") { // which base64 would ignore
		return ImportedSecret{}, errors.New("the hash has a line break in it")
	}
	tag, rest, _ := strings.Cut(tagged, ":")
	switch tag {
	case importBcrypt:
		return importedBcrypt(rest)
	case importIdentity:
		if _, err := readIdentity(rest); err != nil {
			return ImportedSecret{}, fmt.Errorf("the hash aspnet: %w", err)
		}
		return ImportedSecret{ready: Hash(tagIdentity + ":" + rest)}, nil
	case importSHA256:
		digest, err := readDigest(rest, nil)
		return ImportedSecret{digest: digest, tag: tagChosen}, err
	case importSaltFirst:
		return importedSalted(tagSaltFirst, rest)
	case importSaltLast:
		return importedSalted(tagSaltLast, rest)
	}
	return ImportedSecret{}, fmt.Errorf("the hash does not begin with %s:, %s:, %s:, %s: or %s: to say what it is",
		importBcrypt, importIdentity, importSHA256, importSaltFirst, importSaltLast)
}

// bcryptForm is version, cost, salt and digest. The library takes others too, such as a cost with a sign. It is compiled on
// first use, because every function's start would pay for it.
var bcryptForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\$2[aby]\$[0-9]{2}\$[./0-9A-Za-z]{53}$`)
})

func importedBcrypt(hashed string) (ImportedSecret, error) {
	cost, err := bcrypt.Cost([]byte(hashed))
	switch {
	case err != nil || !bcryptForm().MatchString(hashed):
		return ImportedSecret{}, errors.New("the hash bcrypt is not 60 characters that begin with $2a$, $2b$ or $2y$")
	case cost > maxImportedCost:
		return ImportedSecret{}, fmt.Errorf("the hash bcrypt has cost %d: %d is the highest", cost, maxImportedCost)
	}
	return ImportedSecret{ready: Hash(tagBcrypt + ":" + hashed)}, nil
}

// saltLimit is far above any salt's size, in bytes. An item of the table has room for 400 KB.
const saltLimit = 1024

func importedSalted(tag, rest string) (ImportedSecret, error) {
	salt, hashed, _ := strings.Cut(rest, ":")
	decoded, err := base64.StdEncoding.Strict().DecodeString(salt)
	if err != nil || len(decoded) == 0 || len(decoded) > saltLimit {
		return ImportedSecret{}, fmt.Errorf("the salt is not base64 of 1 to %d bytes", saltLimit)
	}
	digest, err := readDigest(hashed, decoded)
	return ImportedSecret{digest: digest, tag: tag, salt: base64.StdEncoding.EncodeToString(decoded)}, err
}

// readDigest reads the SHA-256 of a secret with this salt, in hexadecimal or in base64, with or without padding.
func readDigest(text string, salt []byte) ([]byte, error) {
	b, err := hex.DecodeString(text)
	if err != nil {
		b, err = base64.RawStdEncoding.Strict().DecodeString(strings.TrimSuffix(text, "="))
	}
	switch ofEmpty := sha256.Sum256(salt); {
	case err != nil || len(b) != sha256.Size:
		return nil, errors.New("the hash is not 32 bytes in hexadecimal or base64")
	case bytes.Equal(b, ofEmpty[:]):
		return nil, errors.New("the hash is that of an empty secret")
	}
	return b, nil
}

// hash makes what is stored. Where the secret came plain or as SHA-256 it takes as long as bcrypt takes.
func (s ImportedSecret) hash() (Hash, error) {
	if s.ready != "" {
		return s.ready, nil
	}
	hashed, err := hashDigest(s.digest)
	return Hash(s.prefix() + hashed), err
}

func (s ImportedSecret) prefix() string {
	if s.salt == "" {
		return s.tag + ":"
	}
	return s.tag + ":" + s.salt + ":"
}

// isHash reports whether a stored hash was made from this secret.
func (s ImportedSecret) isHash(stored Hash) bool {
	if s.ready != "" {
		return stored == s.ready || strings.HasPrefix(string(stored), renewedPrefix(s.ready))
	}
	hashed, ok := strings.CutPrefix(string(stored), s.prefix())
	return ok && isBcryptOf(hashed, prehash(s.digest))
}

// ImportedClient is a client from another system. The operation sets the record's Secrets, Generation and Version.
type ImportedClient struct {
	Client Client
	Secret ImportedSecret
}

// Import writes a client. If the same client exists, it changes nothing and created is false. If another client has the
// id, the error wraps ErrExists and lists the differences. After PrepareImport it can be called for many clients at the
// same time.
func (r *Registry) Import(ctx context.Context, c ImportedClient) (created bool, err error) {
	if err := c.Client.Validate(); err != nil {
		return false, err
	}
	found, err := r.load(ctx, c.Client.ID)
	switch {
	case err == nil:
		return false, differences(c, found)
	case !errors.Is(err, ErrNotFound):
		return false, err
	}
	hash, err := c.Secret.hash()
	if err != nil {
		return false, err
	}
	if err := r.addKind(ctx, hash, found.Kinds); err != nil {
		return false, err
	}
	if err = r.createImported(ctx, c.Client, hash); !errors.Is(err, ErrExists) {
		return err == nil, err
	}
	if found, err = r.load(ctx, c.Client.ID); err != nil {
		return false, err
	}
	return false, differences(c, found)
}

// addKind stores the kind of a slow hash, so that each request for a token makes one comparison of the kind.
func (r *Registry) addKind(ctx context.Context, hash Hash, noted []string) error {
	kind := hash.kind()
	if isAlwaysCompared(kind) || slices.Contains(noted, kind) {
		return nil
	}
	if len(noted) >= maxKinds {
		return fmt.Errorf("the table has hashes of %d kinds already, and this one would be another: import the plain secret, or register the client anew", maxKinds)
	}
	return r.store.AddKinds(ctx, kind)
}

// differences returns an error that lists the differences between an imported client and the stored one, or nil.
func differences(c ImportedClient, found Credentials) error {
	var in []string
	for _, field := range []struct {
		name       string
		given, has string
	}{
		{"account", c.Client.AccountID, found.Client.AccountID},
		{"user", c.Client.UserID, found.Client.UserID},
		{"name", c.Client.Name, found.Client.Name},
	} {
		if field.given != field.has {
			in = append(in, field.name)
		}
	}
	if !sameScopes(c.Client.Scopes, found.Client.Scopes) {
		in = append(in, "scopes")
	}
	hasSecret := func(id string) bool { return c.Secret.isHash(found.Hashes[id]) }
	if !slices.ContainsFunc(found.Client.Secrets, hasSecret) {
		in = append(in, "secret")
	}
	if len(in) == 0 {
		return nil
	}
	return fmt.Errorf("%w, and it differs in: %s", ErrExists, strings.Join(in, ", "))
}
