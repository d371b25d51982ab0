package client

import (
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
)

// identityHash is a password hash of ASP.NET Identity: version 2 (PBKDF2 with HMAC-SHA-1, 1,000 iterations) or
// version 3 (it contains the function, iterations and salt).
type identityHash struct {
	function   string
	iterations int
	salt, key  []byte
}

// The layout of the bytes begins with a marker. In version 2 salt and key follow, with fixed sizes. In version 3
// function, iterations and length of the salt follow as big-endian 32-bit numbers, then salt and key.
const (
	identityV2         = 0
	identityV3         = 1
	identityV2Salt     = 16
	identityV2Key      = 32
	identityV2Rounds   = 1000
	identityV3Header   = 1 + 3*4
	identityLeastBytes = 16      // of salt and key, as ASP.NET Identity asks
	identityMostBytes  = 64      // of salt and key: a longer key is more work than its iterations say
	maxIterations      = 250_000 // as slow as bcrypt at cost 12
)

type identityFunction struct {
	name string
	new  func() hash.Hash
}

// identityFunctions are numbered as in version 3.
var identityFunctions = []identityFunction{{"sha1", sha1.New}, {"sha256", sha256.New}, {"sha512", sha512.New}}

// readIdentity reads the base64 that ASP.NET Identity stores.
func readIdentity(text string) (identityHash, error) {
	b, err := base64.StdEncoding.Strict().DecodeString(text)
	switch {
	case err != nil || len(b) == 0:
		return identityHash{}, errors.New("it is not base64")
	case b[0] == identityV2 && len(b) == 1+identityV2Salt+identityV2Key:
		return identityHash{"sha1", identityV2Rounds, b[1 : 1+identityV2Salt], b[1+identityV2Salt:]}, nil
	case b[0] == identityV3 && len(b) > identityV3Header:
		return readIdentityV3(b)
	}
	return identityHash{}, errors.New("it is neither version 2 nor version 3 of ASP.NET Identity")
}

func readIdentityV3(b []byte) (identityHash, error) {
	number := func(i int) uint32 { return binary.BigEndian.Uint32(b[1+4*i:]) }
	function, iterations, saltSize := number(0), number(1), number(2)
	rest := b[identityV3Header:]
	switch {
	case int(function) >= len(identityFunctions):
		return identityHash{}, fmt.Errorf("its function %d is not 0, 1 or 2", function)
	case iterations < 1 || iterations > maxIterations:
		return identityHash{}, fmt.Errorf("its %d iterations are not 1 to %d", iterations, maxIterations)
	case saltSize < identityLeastBytes || saltSize > identityMostBytes || int(saltSize) > len(rest):
		return identityHash{}, fmt.Errorf("its salt has %d bytes, not %d to %d", saltSize, identityLeastBytes, identityMostBytes)
	}
	key := rest[saltSize:]
	if len(key) < identityLeastBytes || len(key) > identityMostBytes {
		return identityHash{}, fmt.Errorf("its key has %d bytes, not %d to %d", len(key), identityLeastBytes, identityMostBytes)
	}
	return identityHash{identityFunctions[function].name, int(iterations), rest[:saltSize], key}, nil
}

func writeIdentityV3(function, iterations int, salt, key []byte) Hash {
	b := []byte{identityV3}
	for _, n := range []int{function, iterations, len(salt)} {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	b = append(append(b, salt...), key...)
	return Hash(tagIdentity + ":" + base64.StdEncoding.EncodeToString(b))
}

// kindIdentity is the prefix of the kinds of these hashes.
const kindIdentity = "pbkdf2"

func (h identityHash) kind() string {
	return fmt.Sprintf("%s:%s:%d:%d", kindIdentity, h.function, h.iterations, len(h.key))
}

func (h identityHash) matches(secret string) bool {
	for _, f := range identityFunctions {
		if f.name == h.function {
			key, err := pbkdf2.Key(f.new, secret, h.salt, h.iterations, len(h.key))
			return err == nil && subtle.ConstantTimeCompare(key, h.key) == 1
		}
	}
	return false
}
