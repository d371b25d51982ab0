package roots

import (
	"crypto/x509"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// inFile writes a bundle and returns an environment that names it.
func inFile(t *testing.T, certificates ...string) func(string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bundle.pem")
	if err := os.WriteFile(path, []byte(strings.Join(certificates, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(name string) string { return map[string]string{"SSL_CERT_FILE": path}[name] }
}

func amazonRootCA3(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("testdata/amazon-root-ca-3.pem")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func poolOf(certificates ...string) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, certificate := range certificates {
		pool.AppendCertsFromPEM([]byte(certificate))
	}
	return pool
}

func TestAmazonsAndTheOutermostRootsAreChosen(t *testing.T) {
	amazon, first, other, local := amazonRootCA3(t), newRoot(t).text, newRoot(t).text, newRoot(t).text
	changed := strings.Replace(amazon, "FtYXpvb", "FtYXpvc", 1)
	if changed == amazon {
		t.Fatal("nothing was changed")
	}
	for name, test := range map[string]struct {
		bundle []string
		want   *x509.CertPool
	}{
		"Amazon's and a local one":                {[]string{first, other, amazon, other, local}, poolOf(first, amazon, local)},
		"with comments between":                   {[]string{first, "# one\n", amazon, "\n# two\n", local, "\n"}, poolOf(first, amazon, local)},
		"a local one only":                        {[]string{first, other, local}, poolOf(first, local)},
		"Amazon's last":                           {[]string{first, other, amazon}, poolOf(first, amazon)},
		"one that begins like Amazon's":           {[]string{first, changed, local}, poolOf(first, local)},
		"one that is broken off":                  {[]string{amazon, local[:len(local)/2]}, poolOf(amazon)},
		"nothing":                                 {nil, nil},
		"no certificate":                          {[]string{"a text"}, nil},
		"one that is not a certificate":           {[]string{begin, "aGVsbG8=\n", end}, nil},
		"one that is broken off after its header": {[]string{begin}, nil},
	} {
		got := chosen(inFile(t, test.bundle...))
		if (got == nil) != (test.want == nil) || got != nil && !got.Equal(test.want) {
			t.Errorf("%s: got another choice than wanted", name)
		}
	}
}

func TestWithoutAReadableBundleNothingIsChosen(t *testing.T) {
	if got := chosen(func(name string) string { return map[string]string{"SSL_CERT_FILE": "/nowhere"}[name] }); got != nil {
		t.Error("certificates were chosen from a file that does not exist")
	}
}

// TestTheSystemsBundleHasAmazonsRoots shows that the fingerprints are those of certificates that systems trust.
func TestTheSystemsBundleHasAmazonsRoots(t *testing.T) {
	for _, path := range bundles {
		bundle, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		var found int
		for _, block := range strings.SplitAfter(string(bundle), end) {
			if at := strings.Index(block, begin); at >= 0 && isAmazons([]byte(block[at:])) {
				found++
			}
		}
		if found != len(amazons) {
			t.Errorf("%s has %d of %d certificates", path, found, len(amazons))
		}
		return
	}
	t.Skip("this system has no bundle where Amazon Linux or Debian have theirs")
}
