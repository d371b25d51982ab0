package apigateway

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// signingMethod is pinned: the real authorizer takes RSA signatures only, and a
// token must never choose how it is verified.
const signingMethod = "RS256"

// JWTAuthorizer is the built-in authorizer of HTTP APIs: whose tokens a route
// takes.
type JWTAuthorizer struct {
	// Issuer must equal the token's iss claim.
	Issuer string
	// Audience lists the values of which the token must be meant for one.
	Audience []string
}

// grant is what a verified token says about the caller; nil on an open route.
type grant struct {
	claims map[string]string
	scopes []string
}

// refusal is the authorizer's answer to a caller it does not let in.
type refusal struct {
	status    int
	challenge string
}

// authorizer verifies bearer tokens.
type authorizer struct {
	keys    Keys
	now     func() time.Time
	genuine genuineTokens
}

// check lets the request in with a grant, or says how to refuse it.
func (a *authorizer) check(route Route, r *http.Request) (*grant, *refusal) {
	if route.Authorizer == nil {
		return nil, nil
	}
	token, found := bearerToken(r.Header)
	if !found {
		return nil, &refusal{http.StatusUnauthorized, "Bearer"}
	}
	claims, err := a.verify(token, *route.Authorizer)
	if err != nil {
		challenge := fmt.Sprintf("Bearer error=%q, error_description=%q", "invalid_token", err.Error())
		return nil, &refusal{http.StatusUnauthorized, challenge}
	}
	scopes := common(route.Scopes, tokenScopes(claims))
	if len(route.Scopes) > 0 && len(scopes) == 0 {
		challenge := fmt.Sprintf("Bearer error=%q, scope=%q", "insufficient_scope", strings.Join(route.Scopes, " "))
		return nil, &refusal{http.StatusForbidden, challenge}
	}
	return &grant{claims: claimTexts(claims), scopes: scopes}, nil
}

// bearerToken reads the one Authorization header that a request may have. Unlike
// the real authorizer it insists on the scheme, as RFC 6750 does: code that works
// here works there.
func bearerToken(h http.Header) (string, bool) {
	values := h.Values("Authorization")
	if len(values) != 1 {
		return "", false
	}
	scheme, token, _ := strings.Cut(strings.TrimSpace(values[0]), " ")
	token = strings.TrimSpace(token)
	return token, strings.EqualFold(scheme, "Bearer") && token != ""
}

// verify returns the claims of a token that is genuine, current and meant for
// this API. A signature is checked once, what the claims say each time.
func (a *authorizer) verify(token string, want JWTAuthorizer) (jwt.MapClaims, error) {
	judgement := []jwt.ParserOption{
		jwt.WithIssuer(want.Issuer),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithTimeFunc(a.now),
	}
	claims, known := a.genuine.claims(token)
	if known {
		if err := jwt.NewValidator(judgement...).Validate(claims); err != nil {
			return nil, publicReason(err)
		}
	} else {
		claims = jwt.MapClaims{}
		reading := append(judgement, jwt.WithValidMethods([]string{signingMethod}), jwt.WithJSONNumber(), jwt.WithStrictDecoding())
		if _, err := jwt.NewParser(reading...).ParseWithClaims(token, claims, a.key); err != nil {
			return nil, publicReason(err)
		}
		a.genuine.add(token, claims)
	}
	if !meantFor(claims, want.Audience) {
		return nil, errors.New("the token does not have a valid audience")
	}
	return claims, nil
}

// genuineTokens are tokens whose signature was checked: a client sends the same
// one for hours. The claims of one must not be changed.
type genuineTokens struct {
	mu    sync.Mutex
	known map[string]jwt.MapClaims
}

// maxGenuine bounds how many are remembered. When there are more it begins anew.
const maxGenuine = 1000

func (g *genuineTokens) claims(token string) (claims jwt.MapClaims, known bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	claims, known = g.known[token]
	return claims, known
}

func (g *genuineTokens) add(token string, claims jwt.MapClaims) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.known) >= maxGenuine || g.known == nil {
		g.known = map[string]jwt.MapClaims{}
	}
	g.known[token] = claims
}

func (a *authorizer) key(token *jwt.Token) (any, error) {
	keyID, _ := token.Header["kid"].(string)
	key, found := a.keys(keyID)
	if !found {
		return nil, errors.New("unknown key")
	}
	return key, nil
}

// publicReason reduces the library's error to what a caller may learn.
func publicReason(err error) error {
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return errors.New("the token has expired")
	case errors.Is(err, jwt.ErrTokenNotValidYet), errors.Is(err, jwt.ErrTokenUsedBeforeIssued):
		return errors.New("the token is not valid yet")
	case errors.Is(err, jwt.ErrTokenInvalidIssuer):
		return errors.New("the token does not have a valid issuer")
	default:
		return errors.New("the token is not valid")
	}
}

// meantFor looks at client_id only where there is no aud, as AWS documents.
func meantFor(claims jwt.MapClaims, audience []string) bool {
	if _, present := claims["aud"]; !present {
		clientID, _ := claims["client_id"].(string)
		return slices.Contains(audience, clientID)
	}
	intended, err := claims.GetAudience()
	return err == nil && len(common(audience, intended)) > 0
}

// common returns the members of a that are in b too.
func common(a, b []string) []string {
	var both []string
	for _, member := range a {
		if slices.Contains(b, member) {
			both = append(both, member)
		}
	}
	return both
}
