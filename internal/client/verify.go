package client

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/crypto/bcrypt"
)

// maxKinds is how many kinds of imported hashes a table may have had. Each kind costs every request for a token
// one comparison.
const maxKinds = 8

// verifier finds the secret that a caller sent. Unknown clients, wrong secrets and right ones cost the same
// comparisons: for each secret that a client can have one with a random secret's hash, and one of each kind of
// slow hash that the table ever had. A comparison without a hash is made with a substitute.
type verifier struct {
	// compared is told the kind of each comparison.
	compared func(kind string)
}

// find returns the id of the secret; ok is false where it is none of the client's.
func (v verifier) find(secret string, found Credentials) (secretID string, ok bool) {
	byKind := map[string][]string{}
	for _, id := range found.Client.Secrets {
		kind := found.Hashes[id].kind()
		byKind[kind] = append(byKind[kind], id)
	}
	for kind, count := range comparisons(found, byKind) {
		ids := byKind[kind]
		for i := range count {
			v.compared(kind)
			if i >= len(ids) {
				substitute(kind).matches(secret)
			} else if found.Hashes[ids[i]].matches(secret) {
				secretID, ok = ids[i], true
			}
		}
	}
	return secretID, ok
}

// comparisons are how many of each kind are due: those that every request costs, and any beyond them that the
// client itself has.
func comparisons(found Credentials, byKind map[string][]string) map[string]int {
	due := map[string]int{kindRandom: MaxSecrets, kindChosen(): 1}
	for _, kind := range found.Kinds {
		if substitute(kind) != "" {
			due[kind] = 1
		}
	}
	for kind, ids := range byKind {
		if kind != "" {
			due[kind] = max(due[kind], len(ids))
		}
	}
	return due
}

// substituteTail is a bcrypt hash's salt and digest.
var substituteTail = strings.Repeat("a", 22) + strings.Repeat("u", 31)

// substitute is a hash of the kind that no secret has; it is empty for an unknown kind.
func substitute(kind string) Hash {
	parts := strings.Split(kind, ":")
	switch {
	case kind == kindRandom:
		return tagRandom + ":"
	case parts[0] == tagBcrypt && len(parts) == 2:
		return bcryptSubstitute(whole(parts[1]))
	case parts[0] == kindIdentity && len(parts) == 4:
		return identitySubstitute(parts[1], whole(parts[2]), whole(parts[3]))
	}
	return ""
}

// whole reads a positive number; anything else is 0.
func whole(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

func bcryptSubstitute(cost int) Hash {
	if cost < bcrypt.MinCost || cost > maxImportedCost {
		return ""
	}
	return Hash(fmt.Sprintf("%s:$2a$%02d$%s", tagBcrypt, cost, substituteTail))
}

// identitySubstitute is a version 3 hash: what a comparison costs depends on its function, iterations and the
// length of its key alone.
func identitySubstitute(function string, iterations, size int) Hash {
	number := slices.IndexFunc(identityFunctions, func(f identityFunction) bool { return f.name == function })
	if number < 0 || iterations < 1 || iterations > maxIterations || size < identityLeastBytes || size > identityMostBytes {
		return ""
	}
	return writeIdentityV3(number, iterations, make([]byte, identityLeastBytes), make([]byte, size))
}
