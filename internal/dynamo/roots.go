package dynamo

import (
	"crypto/x509"
	"os"
)

// rootBundles are where Amazon Linux and Debian keep the root certificates that they trust.
var rootBundles = []string{"/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt"}

// roots reads the system's bundle of root certificates, or the one that SSL_CERT_FILE names. By default Go
// reads the system's folders of certificates as well, in which Amazon Linux has the same bundle twice more; and
// parsing one is a third of a cold start. Nil leaves the choice to Go: SSL_CERT_DIR is set, or there is no bundle.
func roots(env func(string) string) *x509.CertPool {
	if env("SSL_CERT_DIR") != "" {
		return nil
	}
	bundles := rootBundles
	if named := env("SSL_CERT_FILE"); named != "" {
		bundles = []string{named}
	}
	for _, path := range bundles {
		bundle, err := os.ReadFile(path)
		pool := x509.NewCertPool()
		if err == nil && pool.AppendCertsFromPEM(bundle) {
			return pool
		}
	}
	return nil
}
