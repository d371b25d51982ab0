package oauth

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
)

const (
	// tokenLifetime is the published one.
	tokenLifetime = 8 * time.Hour
	// keyBits is the smallest RSA key that is still considered safe. RSA, because
	// API Gateway's authorizer takes no other kind of signature.
	keyBits = 2048
)

// Client is one party that may ask for tokens.
type Client struct {
	// ID and Secret are the client's credentials.
	ID, Secret string
	// AccountID and UserID are what its tokens speak for.
	AccountID, UserID string
}

// Config describes an issuer.
type Config struct {
	// Issuer and Audience become the tokens' iss and aud.
	Issuer, Audience string
	// Clients may ask for tokens.
	Clients []Client
	// Scopes can be asked for; DefaultScope is granted where none is.
	Scopes       []string
	DefaultScope string
	// Now is the clock; time.Now where nil.
	Now func() time.Time
}

// Issuer signs tokens with a key that lives as long as it does. It is safe for
// concurrent use.
type Issuer struct {
	config Config
	keyID  string
	key    *rsa.PrivateKey
}

// NewIssuer makes a fresh key: a token from an earlier run is worthless.
func NewIssuer(c Config) (*Issuer, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return nil, fmt.Errorf("make the token issuer's key: %w", err)
	}
	return &Issuer{config: c, keyID: uuid.NewString(), key: key}, nil
}

// Key finds the public key that a token's kid header names.
func (i *Issuer) Key(keyID string) (key crypto.PublicKey, found bool) {
	return &i.key.PublicKey, keyID == i.keyID
}

// sign issues a token that says what the authorizer and the function look at.
func (i *Issuer) sign(c Client, scope string) (string, error) {
	now := i.config.Now()
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{
		"iss":        i.config.Issuer,
		"aud":        i.config.Audience,
		"iat":        now.Unix(),
		"nbf":        now.Unix(),
		"exp":        now.Add(tokenLifetime).Unix(),
		"jti":        uuid.NewString(),
		"client_id":  c.ID,
		"account_id": c.AccountID,
		"user_id":    c.UserID,
		"scope":      scope,
	})
	token.Header["kid"] = i.keyID
	return token.SignedString(i.key)
}
