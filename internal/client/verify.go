package client

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/crypto/bcrypt"
)

// maxKinds is the maximum number of kinds of imported hashes of a table. Each kind adds one comparison to every request
// for a token.
const maxKinds = 8

// verifier finds the secret that a caller sent. Unknown clients, wrong secrets and right ones cost the same
// comparisons: one with a random secret's hash for each secret that a client can have, and one for each kind of slow
// hash that the table ever had. If there is no hash to compare with, a substitute is compared.
type verifier struct {
	// compared is called with the kind of each comparison.
	compared func(kind string)
}

// find returns the id of the secret. ok is false if the client has no such secret.
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

// comparisons returns the number of comparisons of each kind: those of every request, and more if the client itself has
// more.
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

// substitute is a hash of the kind that no secret matches. It is empty for an unknown kind.
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

// identitySubstitute is a version 3 hash. The cost of a comparison depends only on its function, its iterations and the
// length of its key.
func identitySubstitute(function string, iterations, size int) Hash {
	number := slices.IndexFunc(identityFunctions, func(f identityFunction) bool { return f.name == function })
	if number < 0 || iterations < 1 || iterations > maxIterations || size < identityLeastBytes || size > identityMostBytes {
		return ""
	}
	return writeIdentityV3(number, iterations, make([]byte, identityLeastBytes), make([]byte, size))
}
