package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"time"
)

// authority is a certificate authority that lives as long as one run. It signs an intermediate, as public
// authorities do, so that a client has a chain to verify.
type authority struct {
	root, intermediate signer
}

type signer struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority() (authority, error) {
	root, err := signedBy(nil, &x509.Certificate{
		Subject: pkix.Name{CommonName: "Benchmark Root CA"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign,
	})
	if err != nil {
		return authority{}, err
	}
	intermediate, err := signedBy(&root, &x509.Certificate{
		Subject: pkix.Name{CommonName: "Benchmark CA 1"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign,
	})
	return authority{root, intermediate}, err
}

// signedBy makes a certificate of the template; a nil parent makes it sign itself.
func signedBy(parent *signer, template *x509.Certificate) (signer, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return signer{}, err
	}
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(24*time.Hour)
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	if parent == nil {
		parent = &signer{template, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent.certificate, &key.PublicKey, parent.key)
	if err != nil {
		return signer{}, err
	}
	certificate, err := x509.ParseCertificate(der)
	return signer{certificate, key}, err
}

// serverCertificate is the chain of a server on loopback.
func (a authority) serverCertificate() (tls.Certificate, error) {
	server, err := signedBy(&a.intermediate, &x509.Certificate{
		Subject:     pkix.Name{CommonName: "dynamodb"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	})
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{
		Certificate: [][]byte{server.certificate.Raw, a.intermediate.certificate.Raw},
		PrivateKey:  server.key,
	}, nil
}

// systemBundles are where systems keep the authorities they trust.
var systemBundles = []string{
	"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
}

// writeBundle writes a root bundle of a realistic size: the system's authorities, followed by this one.
func (a authority) writeBundle(path string) (certificates int, err error) {
	bundle, err := systemBundle()
	if err != nil {
		return 0, err
	}
	bundle = append(bundle, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.root.certificate.Raw})...)
	for rest := bundle; ; certificates++ {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return certificates, os.WriteFile(path, bundle, 0o644)
		}
	}
}

func systemBundle() ([]byte, error) {
	for _, path := range systemBundles {
		bundle, err := os.ReadFile(path)
		if err == nil {
			return append(bundle, '\n'), nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("no root bundle at any of %q: install ca-certificates", systemBundles)
}
