package roots

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// echo is a server with a certificate of the authority, which answers with what it got and counts its connections.
type echo struct {
	url         string
	connections atomic.Int64
}

func startEcho(t *testing.T, a authority) *echo {
	t.Helper()
	e := &echo{}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) }))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{a.server(t)}}
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it logs refused handshakes
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			e.connections.Add(1)
		}
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	e.url = server.URL
	return e
}

// newClient makes the client whose roots are those that the environment names. all stands for the system's roots, and is
// counted.
func newClient(env func(string) string, all *x509.CertPool, usedAll *int) Doer {
	return NewClient(env, func(pool *x509.CertPool) Doer {
		if pool == nil {
			*usedAll++
			pool = all
		}
		return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
	})
}

// send sends a body to the server and checks that it comes back.
func send(t *testing.T, client Doer, e *echo) error {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, e.url, bytes.NewReader([]byte("a body")))
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if got, err := io.ReadAll(response.Body); err != nil || string(got) != "a body" {
		t.Errorf("got %q and %v, want the body back", got, err)
	}
	return nil
}

func TestAChosenRootSuffices(t *testing.T) {
	root := newRoot(t)
	server, usedAll := startEcho(t, root), 0
	client := newClient(inFile(t, newRoot(t).text, root.text), x509.NewCertPool(), &usedAll)
	if err := send(t, client, server); err != nil {
		t.Fatal(err)
	}
	if usedAll != 0 || server.connections.Load() != 1 {
		t.Errorf("all roots were read %d times, and there were %d connections: want none and one", usedAll, server.connections.Load())
	}
}

func TestAnotherRootOfTheSystemIsFoundWithASecondConnection(t *testing.T) {
	root := newRoot(t)
	server, usedAll := startEcho(t, root), 0
	client := newClient(inFile(t, newRoot(t).text, root.text, newRoot(t).text), poolOf(root.text), &usedAll)
	for range 3 {
		if err := send(t, client, server); err != nil {
			t.Fatal(err)
		}
	}
	if usedAll != 1 || server.connections.Load() != 2 {
		t.Errorf("all roots were read %d times, and there were %d connections: want once and two", usedAll, server.connections.Load())
	}
}

func TestARootThatTheSystemDoesNotTrustIsRefused(t *testing.T) {
	server, trusted, usedAll := startEcho(t, newRoot(t)), newRoot(t), 0
	client := newClient(inFile(t, trusted.text), poolOf(trusted.text), &usedAll)
	for range 2 {
		var unknown x509.UnknownAuthorityError
		if err := send(t, client, server); !errors.As(err, &unknown) {
			t.Errorf("got %v, want an unknown authority", err)
		}
	}
}

func TestAnotherNameThanTheServersIsRefused(t *testing.T) {
	root := newRoot(t)
	server, usedAll := startEcho(t, root), 0
	server.url = "https://localhost" + server.url[len("https://127.0.0.1"):]
	var wrong x509.HostnameError
	if err := send(t, newClient(inFile(t, root.text), poolOf(root.text), &usedAll), server); !errors.As(err, &wrong) {
		t.Errorf("got %v, want a wrong name", err)
	}
}

// TestGoFindsAllOthers runs this test again in processes whose environment says where the roots are, because Go
// reads it once.
func TestGoFindsAllOthers(t *testing.T) {
	const address = "ROOTS_TEST_SERVER"
	if url := os.Getenv(address); url != "" {
		client := NewClient(os.Getenv, func(pool *x509.CertPool) Doer {
			return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
		})
		if err := send(t, client, &echo{url: url}); err != nil {
			t.Error(err)
		}
		return
	}
	root := newRoot(t)
	server := startEcho(t, root)
	bundle := inFile(t, newRoot(t).text, root.text, newRoot(t).text)("SSL_CERT_FILE")
	folder := filepath.Dir(bundle)
	for name, variables := range map[string][]string{
		"a root of SSL_CERT_FILE that is not chosen":     {"SSL_CERT_FILE=" + bundle},
		"a root of SSL_CERT_DIR":                         {"SSL_CERT_DIR=" + folder},
		"a root of SSL_CERT_FILE beside SSL_CERT_DIR":    {"SSL_CERT_DIR=" + t.TempDir(), "SSL_CERT_FILE=" + bundle},
		"a root of SSL_CERT_DIR beside a file":           {"SSL_CERT_DIR=" + folder, "SSL_CERT_FILE=" + inFile(t, newRoot(t).text)("SSL_CERT_FILE")},
		"a root of SSL_CERT_DIR and a file that is gone": {"SSL_CERT_DIR=" + folder, "SSL_CERT_FILE=/nowhere"},
	} {
		command := exec.Command(os.Args[0], "-test.run=^TestGoFindsAllOthers$")
		command.Env = append(variables, address+"="+server.url)
		if output, err := command.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, output)
		}
	}
}
