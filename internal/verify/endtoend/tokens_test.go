package endtoend_test

import (
	"crypto/x509"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"accounttasks/internal/local/demo"
)

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
			before := i.invoked.Load()
			got := i.put(t, test.token)
			if got.StatusCode != test.status || !strings.HasPrefix(got.body, `{"message":`) || i.invoked.Load() != before {
				t.Errorf("got %d %s after %d invocations, want the gateway's %d", got.StatusCode, got.body, i.invoked.Load()-before, test.status)
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
