package roots

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
)

// Doer carries out HTTP requests, as http.Client does.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// client carries out requests with the chosen root certificates. If they do not verify a server's chain, it connects
// again and verifies with all of the system's. If that succeeds, it does so for all later requests.
type client struct {
	chosen Doer
	all    func() Doer
	widen  atomic.Bool // whether the chosen ones do not suffice
}

// NewClient makes a client. with makes a client that verifies with a pool of root certificates; nil stands for all that
// the system trusts. The client is safe for concurrent use if those are.
func NewClient(env func(string) string, with func(*x509.CertPool) Doer) Doer {
	pool := chosen(env)
	if pool == nil {
		return with(nil)
	}
	return &client{chosen: with(pool), all: sync.OnceValue(func() Doer { return with(nil) })}
}

// Do carries out a request. A request whose connection was not verified has not been sent, so it can be repeated.
func (c *client) Do(r *http.Request) (*http.Response, error) {
	if c.widen.Load() {
		return c.all().Do(r)
	}
	response, err := c.chosen.Do(r)
	if !isUnverified(err) {
		return response, err
	}
	if r.GetBody != nil {
		if r.Body, err = r.GetBody(); err != nil {
			return nil, err
		}
	}
	response, err = c.all().Do(r)
	if !isUnverified(err) {
		c.widen.Store(true)
	}
	return response, err
}

func isUnverified(err error) bool {
	var unverified *tls.CertificateVerificationError
	return errors.As(err, &unverified)
}
