package client

import (
	"context"
	"errors"
)

// familyMargin is how much longer the mark of a revoked family is kept than any of its tokens.
const familyMargin = 24 * RepeatWindow

// refresh answers a request with a refresh token. The token is valid once. Within RepeatWindow a repeat gets a new
// pair, because the first answer may have been lost. A later use revokes the family, because another party may have the
// token.
func (i *Issuer) refresh(ctx context.Context, r TokenRequest) (Grant, error) {
	family, readable := readRefreshToken(r.RefreshToken)
	key := RefreshKey{Hash: HashToken(r.RefreshToken), Family: family}
	if !readable {
		key = RefreshKey{}
	}
	found, err := i.authenticate(ctx, r, key)
	if err != nil {
		return Grant{}, err
	}
	now := i.now()
	token := found.Refresh
	scopes := granted(r.Scope, common(token.Scopes, found.Client.Scopes))
	switch {
	case !readable || token.Hash != key.Hash || token.Family != family || found.Revoked,
		!token.isGood(KindRefresh, found.Client, now):
		return Grant{}, invalidGrant()
	case len(scopes) == 0:
		return Grant{}, invalidScope()
	}
	first, err := i.store.UseRefresh(ctx, found.Client.ID, token.Hash, now)
	switch {
	case errors.Is(err, ErrNotFound):
		return Grant{}, invalidGrant()
	case err != nil:
		return Grant{}, err
	case now.Sub(first) > RepeatWindow:
		if err := i.store.RevokeFamily(ctx, found.Client.ID, family, now.Add(RefreshLifetime+familyMargin)); err != nil {
			return Grant{}, err
		}
		return Grant{}, invalidGrant()
	}
	// The next refresh token has the scopes of this one, however few are asked for now (RFC 6749, section 6).
	return i.grant(ctx, found, r.Scope, pair{access: scopes, refresh: token.Scopes, family: family})
}

func invalidGrant() error {
	return &OAuthError{InvalidGrant, "the refresh token is unknown, used, expired or revoked: get a new one with client_credentials"}
}
