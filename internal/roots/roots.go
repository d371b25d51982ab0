// Package roots chooses, from the root certificates that the system trusts, the few that a connection to AWS needs.
// Reading all of them takes longer than the rest of a connection. It must not know who connects, or trust anything that
// the system does not trust.
package roots

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"os"
)

// bundles are where Debian and Amazon Linux keep the root certificates that they trust, in the order in which Go looks.
var bundles = []string{"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"}

// chosen are the certificates of the system's bundle, or of the one that SSL_CERT_FILE names, that connections to AWS are
// expected to need: Amazon's, and the bundle's first and last, where systems add a local authority. Go trusts all of
// them, whatever SSL_CERT_DIR names besides. Nil means that there is no readable bundle, or nothing to choose.
func chosen(env func(string) string) *x509.CertPool {
	places := bundles
	if named := env("SSL_CERT_FILE"); named != "" {
		places = []string{named}
	}
	for _, place := range places {
		if bundle, err := os.ReadFile(place); err == nil {
			return chosenFrom(bundle)
		}
	}
	return nil
}

// The lines around a certificate in a bundle.
const (
	begin = "-----BEGIN CERTIFICATE-----\n"
	end   = "-----END CERTIFICATE-----\n"
)

// chosenFrom chooses from the text of a bundle. Nil means that it found nothing to choose.
func chosenFrom(bundle []byte) *x509.CertPool {
	pool, found := x509.NewCertPool(), false
	first, last := bytes.Index(bundle, []byte(begin)), bytes.LastIndex(bundle, []byte(begin))
	for at := 0; ; at += len(begin) {
		next := bytes.Index(bundle[at:], []byte(begin))
		if next < 0 {
			break
		}
		at += next
		if at == first || at == last || isAmazons(bundle[at:]) {
			found = pool.AppendCertsFromPEM(firstBlock(bundle[at:])) || found
		}
	}
	if !found {
		return nil
	}
	return pool
}

// firstBlock is the text of the certificate that a text begins with.
func firstBlock(text []byte) []byte {
	length := bytes.Index(text, []byte(end))
	if length < 0 {
		return text
	}
	return text[:length+len(end)]
}

// isAmazons reports whether a text begins with a certificate of Amazon's. It decodes only one that begins like it.
func isAmazons(text []byte) bool {
	for _, known := range amazons {
		if !bytes.HasPrefix(text[len(begin):], []byte(known.begins)) {
			continue
		}
		if block, _ := pem.Decode(firstBlock(text)); block != nil {
			return sha256.Sum256(block.Bytes) == known.fingerprint
		}
	}
	return false
}
