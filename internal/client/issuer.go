package client

import (
	"context"
	"strings"
	"time"
)

// Issuer issues tokens. It is safe for concurrent use.
type Issuer struct {
	store    TokenStore
	now      func() time.Time
	verifier verifier
}

// NewIssuer makes an issuer with a store and a clock. It calls compared with the kind of each comparison of a secret
// with a hash.
func NewIssuer(store TokenStore, now func() time.Time, compared func(kind string)) *Issuer {
	return &Issuer{store: store, now: now, verifier: verifier{compared}}
}

// The grant types.
const (
	GrantClientCredentials = "client_credentials"
	GrantRefreshToken      = "refresh_token"
)

// Credential is a client's id and secret.
type Credential struct{ ClientID, Secret string }

// TokenRequest is a request for tokens (RFC 6749, sections 4.4.2 and 6). An empty field means that it was left out.
type TokenRequest struct {
	GrantType, Scope, RefreshToken string
	// Credentials are the readings of what the client sent to authenticate itself; one of them must be right.
	Credentials []Credential
}

// Grant is the answer to a request for tokens.
type Grant struct {
	AccessToken, RefreshToken string
	ExpiresIn                 time.Duration
	// Scope is the granted scope. It is empty if it is the requested one, or if none was requested.
	Scope string
	// ClientID is the client's, for the log.
	ClientID string
}

// Issue answers a request. The error is an *OAuthError, or another one where the request could not be checked:
// a *task.Error with task.CodeUnavailable where the store does not answer.
func (i *Issuer) Issue(ctx context.Context, r TokenRequest) (Grant, error) {
	if err := checkGrant(r); err != nil {
		return Grant{}, err
	}
	if r.GrantType == GrantRefreshToken {
		return i.refresh(ctx, r)
	}
	found, err := i.authenticate(ctx, r, RefreshKey{})
	if err != nil {
		return Grant{}, err
	}
	scopes := granted(r.Scope, found.Client.Scopes)
	if len(scopes) == 0 {
		return Grant{}, invalidScope()
	}
	return i.grant(ctx, found, r.Scope, pair{access: scopes, refresh: scopes, family: random(familyBytes)})
}

// granted returns the requested scopes that can be granted, or all grantable ones if none is requested.
func granted(asked string, grantable []string) []string {
	scopes := strings.Fields(asked)
	if len(scopes) == 0 {
		return grantable
	}
	return common(grantable, scopes)
}

func invalidScope() error {
	return &OAuthError{InvalidScope, "none of the scopes that are asked for can be granted to this client"}
}

func checkGrant(r TokenRequest) error {
	switch {
	case r.GrantType == "":
		return &OAuthError{InvalidRequest, "grant_type is missing: send client_credentials or refresh_token"}
	case r.GrantType != GrantClientCredentials && r.GrantType != GrantRefreshToken:
		return &OAuthError{UnsupportedGrantType, "grant_type must be client_credentials or refresh_token"}
	case r.GrantType == GrantRefreshToken && r.RefreshToken == "":
		return &OAuthError{InvalidRequest, "refresh_token is missing"}
	case len(r.Credentials) == 0:
		return &OAuthError{InvalidClient, "the client did not authenticate itself: send client_id and client_secret"}
	}
	return nil
}

// authenticated is a client's credentials and the id of the secret that it sent.
type authenticated struct {
	Credentials
	secretID string
}

// authenticate finds the client. All readings are tried, so that the work does not tell which one was right.
func (i *Issuer) authenticate(ctx context.Context, r TokenRequest, refresh RefreshKey) (authenticated, error) {
	var found authenticated
	var hash Hash
	var secret string
	for _, sent := range r.Credentials {
		loaded, err := i.load(ctx, sent.ClientID, refresh)
		if err != nil {
			return authenticated{}, err
		}
		secretID, ok := i.verifier.find(sent.Secret, loaded)
		// An imported hash may be that of an empty secret, with which anybody could call.
		if ok && sent.Secret != "" && found.secretID == "" {
			found, hash, secret = authenticated{loaded, secretID}, loaded.Hashes[secretID], sent.Secret
		}
	}
	if found.secretID == "" {
		return authenticated{}, &OAuthError{InvalidClient, "the client is unknown or its secret is wrong"}
	}
	return found, i.renew(ctx, found, hash, secret)
}

// load reads the client's credentials. For an id that no client can have it reads an empty id, which costs the same
// comparisons.
func (i *Issuer) load(ctx context.Context, clientID string, refresh RefreshKey) (Credentials, error) {
	if CheckID(clientID) != nil {
		clientID = ""
	}
	return i.store.LoadCredentials(ctx, clientID, refresh)
}

// renew replaces an imported hash with a hash of our own form, now that the secret is known.
func (i *Issuer) renew(ctx context.Context, found authenticated, hash Hash, secret string) error {
	if hash.isFinal() {
		return nil
	}
	renewed, err := hash.renew(secret)
	if err != nil {
		return err
	}
	return i.store.ReplaceHash(ctx, found.Client.ID, found.secretID, hash, renewed)
}

// pair is what differs between the two tokens of a grant: their scopes, and the family.
type pair struct {
	access, refresh []string
	family          string
}

// grant issues a pair of tokens.
func (i *Issuer) grant(ctx context.Context, found authenticated, asked string, p pair) (Grant, error) {
	now := i.now()
	made := Grant{
		AccessToken:  newAccessToken(found.Client.ID),
		RefreshToken: newRefreshToken(found.Client.ID, p.family),
		ExpiresIn:    AccessLifetime,
		ClientID:     found.Client.ID,
	}
	if wanted := strings.Fields(asked); len(wanted) > 0 && !sameScopes(wanted, p.access) {
		made.Scope = strings.Join(p.access, " ")
	}
	access := Token{
		Kind: KindAccess, ClientID: found.Client.ID, Hash: HashToken(made.AccessToken), Scopes: p.access,
		SecretID: found.secretID, Generation: found.Client.Generation, ExpiresAt: now.Add(AccessLifetime),
	}
	refresh := access
	refresh.Kind, refresh.Hash, refresh.Scopes = KindRefresh, HashToken(made.RefreshToken), p.refresh
	refresh.Family, refresh.ExpiresAt = p.family, now.Add(RefreshLifetime)
	return made, i.store.SaveTokens(ctx, access, refresh)
}

func sameScopes(a, b []string) bool {
	return len(common(a, b)) == len(a) && len(common(b, a)) == len(b)
}
