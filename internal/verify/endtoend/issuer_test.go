package endtoend_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"accounttasks/internal/local/apigateway"
	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/lambdaruntime"
	"accounttasks/internal/local/samtemplate"
	"accounttasks/internal/local/stack"
	"accounttasks/internal/local/table"
)

const (
	testIssuer, testAudience, testKeyID = "https://issuer.example", "tasks", "the-key"
)

// issuer signs whatever a test wants signed, and counts what its tokens let through to the function.
type issuer struct {
	key     *rsa.PrivateKey
	pool    *lambdaruntime.Pool
	url     string
	invoked atomic.Int64
}

// startBehindIssuer starts the function behind the template's routes, with an issuer of its own and on a watched
// table. The function is warm.
func startBehindIssuer(t *testing.T) (*issuer, *watch) {
	t.Helper()
	w := &watch{table: table.NewEngine()}
	tables := httptest.NewServer(w)
	t.Cleanup(tables.Close)
	access := table.LocalAccess(tables.URL)
	if err := stack.Prepare(t.Context(), access, stack.DefaultTableName); err != nil {
		t.Fatal(err)
	}
	template, err := samtemplate.ReadFile("../../../template.yaml", samtemplate.Substitutes{
		TableName: stack.DefaultTableName, Issuer: testIssuer, Audience: testAudience, Region: access.Region(), AccountID: "123456789012",
	})
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(template.Functions[0].Environment, access)
	i := &issuer{key: newKey(t)}
	if i.pool, err = lambdaruntime.NewPool(lambdaruntime.Config{Binary: filepath.Join(functions(t), accountTasks, "bootstrap"), Environment: template.Functions[0].Environment}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(i.pool.Close)
	gateway, err := apigateway.New(apigateway.Config{Routes: template.Routes, Keys: i.find, Invoker: i})
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(gateway)
	t.Cleanup(front.Close)
	i.url = front.URL
	i.put(t, i.genuine(t, nil)).mustBe(t, 200, "")
	w.take()
	return i, w
}

func newKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (i *issuer) find(keyID string) (crypto.PublicKey, bool) {
	return &i.key.PublicKey, keyID == testKeyID
}

// Invoke implements apigateway.Invoker.
func (i *issuer) Invoke(ctx context.Context, _, traceID string, event []byte) ([]byte, error) {
	i.invoked.Add(1)
	result, err := i.pool.Invoke(ctx, lambdaruntime.Request{TraceID: traceID, Payload: event})
	return result.Payload, err
}

// sign makes a token of the demo client with some claims replaced.
func sign(t *testing.T, method jwt.SigningMethod, key any, keyID string, changed jwt.MapClaims) string {
	t.Helper()
	now := time.Now()
	claims := jwt.MapClaims{
		"iss": testIssuer, "aud": testAudience, "iat": now.Unix(), "nbf": now.Unix(), "exp": now.Add(time.Hour).Unix(),
		"account_id": demo.AccountID, "user_id": "demo.user", "client_id": "demo", "scope": "tasks/write",
	}
	maps.Copy(claims, changed)
	token := jwt.NewWithClaims(method, claims)
	token.Header["kid"] = keyID
	signed, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// genuine is a token that the issuer did sign.
func (i *issuer) genuine(t *testing.T, changed jwt.MapClaims) string {
	return sign(t, jwt.SigningMethodRS256, i.key, testKeyID, changed)
}

// put sends an update of the demo account's task with a token.
func (i *issuer) put(t *testing.T, token string) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, i.url+pathOf(demoTask), strings.NewReader(update("1")))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"application/json"}}
	got, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{got, string(body)}
}
