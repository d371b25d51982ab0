package endtoend_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/truora/minidyn/server"

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
	invoked int
}

// startBehindIssuer starts the function behind the template's routes, with an issuer of its own and on a watched
// table. The function is warm.
func startBehindIssuer(t *testing.T) (*issuer, *watch) {
	t.Helper()
	w := &watch{table: server.NewServer()}
	tables := httptest.NewServer(w)
	t.Cleanup(tables.Close)
	access := table.LocalAccess(tables.URL)
	if err := stack.Prepare(t.Context(), access, stack.DefaultTableName); err != nil {
		t.Fatal(err)
	}
	template, err := samtemplate.ReadFile("../../template.yaml", samtemplate.Substitutes{
		TableName: stack.DefaultTableName, Issuer: testIssuer, Audience: testAudience, Region: access.Region(), AccountID: "123456789012",
	})
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(template.Function.Environment, access)
	i := &issuer{key: newKey(t)}
	if i.pool, err = lambdaruntime.NewPool(lambdaruntime.Config{Binary: function(t), Environment: template.Function.Environment}); err != nil {
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

func (i *issuer) find(keyID string) (crypto.PublicKey, bool) { return &i.key.PublicKey, keyID == testKeyID }

// Invoke implements apigateway.Invoker.
func (i *issuer) Invoke(ctx context.Context, traceID string, event []byte) ([]byte, error) {
	i.invoked++
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

// TestTokensThatOpenNothing sends tokens that are not to be believed, or not for this, to the template's routes.
func TestTokensThatOpenNothing(t *testing.T) {
	i, w := startBehindIssuer(t)
	later, public := time.Now().Add(time.Hour).Unix(), x509.MarshalPKCS1PublicKey(&i.key.PublicKey)
	own := strings.Split(i.genuine(t, nil), ".")
	others := strings.Split(i.genuine(t, jwt.MapClaims{"account_id": demo.OtherAccountID}), ".")
	for _, test := range []struct {
		name, token string
		status      int
	}{
		{"expired", i.genuine(t, jwt.MapClaims{"exp": time.Now().Add(-time.Minute).Unix()}), 401},
		{"not valid yet", i.genuine(t, jwt.MapClaims{"nbf": later}), 401},
		{"of another issuer", i.genuine(t, jwt.MapClaims{"iss": testIssuer + ".example"}), 401},
		{"for another audience", i.genuine(t, jwt.MapClaims{"aud": "other"}), 401},
		{"without the scope", i.genuine(t, jwt.MapClaims{"scope": "tasks/read"}), 403},
		{"with scopes that only look like it", i.genuine(t, jwt.MapClaims{"scope": "tasks/write/none TASKS/WRITE"}), 403},
		{"not signed", sign(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, testKeyID, nil), 401},
		{"with its signature cut off", own[0] + "." + own[1] + ".", 401},
		{"with the claims of another", own[0] + "." + others[1] + "." + own[2], 401},
		{"signed by another key of the same name", sign(t, jwt.SigningMethodRS256, newKey(t), testKeyID, nil), 401},
		{"signed by a key that is not the issuer's", sign(t, jwt.SigningMethodRS256, newKey(t), "another-key", nil), 401},
		{"signed with the public key as a secret", sign(t, jwt.SigningMethodHS256, public, testKeyID, nil), 401},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := i.invoked
			got := i.put(t, test.token)
			if got.StatusCode != test.status || !strings.HasPrefix(got.body, `{"message":`) || i.invoked != before {
				t.Errorf("got %d %s after %d invocations, want the gateway's %d", got.StatusCode, got.body, i.invoked-before, test.status)
			}
			w.mustTouch(t)
		})
	}
}

// TestGenuineTokensOfNoAccount sends tokens whose issuer means well and whose account could be taken for more than
// one: the service answers them itself.
func TestGenuineTokensOfNoAccount(t *testing.T) {
	i, w := startBehindIssuer(t)
	for name, account := range map[string]any{
		"nobody's": nil, "empty": "", "a wildcard": "*", "a pattern": "1*", "a separator": demo.AccountID + "#TASK", "a key": "ACCOUNT#" + demo.AccountID,
		"a slash": demo.AccountID + "/..", "a null": demo.AccountID + "\x00", "a line break": demo.AccountID + "\n", "a space": " " + demo.AccountID,
		"a list": []string{demo.AccountID, demo.OtherAccountID}, "a list of one": []string{demo.AccountID}, "an object": map[string]string{"id": demo.AccountID},
		"too long": strings.Repeat("1", 129), "other digits": strings.ReplaceAll(demo.AccountID, "4", "\uff14"),
	} {
		t.Run(name, func(t *testing.T) {
			i.put(t, i.genuine(t, jwt.MapClaims{"account_id": account})).mustBe(t, 401, "Unauthorized")
			w.mustTouch(t)
		})
	}
}

// TestGenuineTokenReachesItsOwnAccountAlone sends tokens of accounts whose ids begin or end like another's.
func TestGenuineTokenReachesItsOwnAccountAlone(t *testing.T) {
	i, w := startBehindIssuer(t)
	for _, account := range []any{demo.OtherAccountID, demo.AccountID[:35], demo.AccountID + "1", 11111111, true} {
		i.put(t, i.genuine(t, jwt.MapClaims{"account_id": account})).mustBe(t, 404, "TaskNotFound")
		w.mustTouch(t, fmt.Sprintf("UpdateItem ACCOUNT#%v TASK#%s", account, demoTask))
	}
}
