package apigateway_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/golang-jwt/jwt/v5"

	"accounttasks/internal/local/apigateway"
)

var guarded = apigateway.Route{Path: apigateway.DefaultPath, Authorizer: oauth, Scopes: []string{"tasks/write", "tasks/admin"}}

// with returns good claims with some replaced; a nil value removes one.
func with(pairs ...any) jwt.MapClaims {
	claims := goodClaims()
	for pair := range slices.Chunk(pairs, 2) {
		if pair[1] == nil {
			delete(claims, pair[0].(string))
		} else {
			claims[pair[0].(string)] = pair[1]
		}
	}
	return claims
}

func bearer(pairs ...any) string {
	return "Bearer " + sign(jwt.SigningMethodRS256, issuersKey(), with(pairs...))
}

func TestWhoIsLetIn(t *testing.T) {
	good := strings.TrimPrefix(bearer(), "Bearer ")
	unnamed, err := jwt.NewWithClaims(jwt.SigningMethodRS256, goodClaims()).SignedString(issuersKey())
	if err != nil {
		t.Fatal(err)
	}
	unsigned := sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, goodClaims())
	tests := []struct {
		name          string
		authorization string
		status        int
		challenge     string
	}{
		{"a good token", bearer(), 200, ""},
		{"another case of the scheme", "bEARER " + good, 200, ""},
		{"the second audience", bearer("aud", "second-api"), 200, ""},
		{"one of several audiences", bearer("aud", []string{"x", "tasks-api"}), 200, ""},
		{"client_id where there is no audience", bearer("aud", nil, "client_id", "tasks-api"), 200, ""},
		{"scp for scope", bearer("scope", nil, "scp", []string{"tasks/admin"}), 200, ""},
		{"no token", "", 401, "Bearer"},
		{"a token without a scheme", good, 401, "Bearer"},
		{"another scheme", "Basic " + good, 401, "Bearer"},
		{"nothing behind the scheme", "Bearer ", 401, "Bearer"},
		{"no token at all", "Bearer a.b.c", 401, "is not valid"},
		{"a changed token", bearer()[:len(bearer())-4] + "AAAA", 401, "is not valid"},
		{"no signature", "Bearer " + unsigned, 401, "is not valid"},
		{"the public key as a shared secret", "Bearer " + sign(jwt.SigningMethodHS256, issuersKey().PublicKey.N.Bytes(), goodClaims()), 401, "is not valid"},
		{"another algorithm of the same key", "Bearer " + sign(jwt.SigningMethodPS256, issuersKey(), goodClaims()), 401, "is not valid"},
		{"another key", "Bearer " + sign(jwt.SigningMethodRS256, strangesKey(), goodClaims()), 401, "is not valid"},
		{"no key id", "Bearer " + unnamed, 401, "is not valid"},
		{"expired", bearer("exp", now.Add(-time.Second).Unix()), 401, "expired"},
		{"no expiry", bearer("exp", nil), 401, "is not valid"},
		{"not valid yet", bearer("nbf", now.Add(time.Minute).Unix()), 401, "not valid yet"},
		{"issued in the future", bearer("iat", now.Add(time.Minute).Unix()), 401, "not valid yet"},
		{"another issuer", bearer("iss", "http://other.test"), 401, "issuer"},
		{"no issuer", bearer("iss", nil), 401, "is not valid"},
		{"another audience", bearer("aud", "other"), 401, "audience"},
		{"another audience, but a fitting client_id", bearer("aud", "other", "client_id", "tasks-api"), 401, "audience"},
		{"neither audience nor client_id", bearer("aud", nil, "client_id", nil), 401, "audience"},
		{"another scope", bearer("scope", "tasks/read"), 403, "insufficient_scope"},
		{"a scope that only begins alike", bearer("scope", "tasks/write2"), 403, "insufficient_scope"},
		{"no scope", bearer("scope", nil), 403, "insufficient_scope"},
	}
	messages := map[int]string{401: `{"message":"Unauthorized"}`, 403: `{"message":"Forbidden"}`}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := &function{answer: `{"statusCode":200}`}
			r := httptest.NewRequest(http.MethodPut, "/", nil)
			if test.authorization != "" {
				r.Header.Set("Authorization", test.authorization)
			}
			answer := serve(gateway(t, f, guarded), r)
			if body := text(t, answer); answer.StatusCode != test.status || body != messages[test.status] {
				t.Errorf("got %d %s, want %d", answer.StatusCode, body, test.status)
			}
			if got := answer.Header.Get("WWW-Authenticate"); !strings.Contains(got, test.challenge) || (got == "") != (test.status == 200) {
				t.Errorf("the challenge is %q, want %q in it", got, test.challenge)
			}
			if reached := len(f.events) > 0; reached != (test.status == 200) {
				t.Errorf("the function was reached: %t", reached)
			}
		})
	}
}

// TestATokenIsJudgedEachTime sends one that is let in at first, and every token's claims for another route.
func TestATokenIsJudgedEachTime(t *testing.T) {
	clock := now
	elsewhere := apigateway.Route{Method: "PUT", Path: "/elsewhere", Authorizer: &apigateway.JWTAuthorizer{Issuer: oauth.Issuer, Audience: []string{"others"}}}
	g := gatewayAt(t, func() time.Time { return clock }, &function{answer: `{"statusCode":200}`}, guarded, elsewhere)
	token := bearer("exp", now.Add(time.Hour).Unix())
	for _, step := range []struct {
		name  string
		path  string
		after time.Duration
		want  int
	}{
		{"good", "/", 0, 200}, {"again", "/", 0, 200}, {"for another audience", "/elsewhere", 0, 401},
		{"just before its end", "/", time.Hour - time.Second, 200}, {"after its end", "/", time.Hour + time.Second, 401},
	} {
		clock = now.Add(step.after)
		r := httptest.NewRequest(http.MethodPut, step.path, nil)
		r.Header.Set("Authorization", token)
		if answer := serve(g, r); answer.StatusCode != step.want {
			t.Errorf("%s: got %d, want %d", step.name, answer.StatusCode, step.want)
		}
	}
}

func TestTwoTokensAreNone(t *testing.T) {
	r := httptest.NewRequest(http.MethodPut, "/", nil)
	r.Header["Authorization"] = []string{bearer(), bearer()}
	if answer := serve(gateway(t, &function{}, guarded), r); answer.StatusCode != 401 {
		t.Errorf("got %d, want 401", answer.StatusCode)
	}
}

func TestATokenInTheQueryIsIgnored(t *testing.T) {
	token := strings.TrimPrefix(bearer(), "Bearer ")
	r := httptest.NewRequest(http.MethodPut, "/?access_token="+token, nil)
	if answer := serve(gateway(t, &function{}, guarded), r); answer.StatusCode != 401 {
		t.Errorf("got %d, want 401", answer.StatusCode)
	}
}

func TestClaimsReachTheFunctionAsText(t *testing.T) {
	f := &function{answer: `{"statusCode":200}`}
	r := httptest.NewRequest(http.MethodPut, "/", nil)
	r.Header.Set("Authorization", bearer("aud", []string{"tasks-api", "b"}, "exp", int64(1893456000), "flag", true, "nothing", 1e21, "client_id", nil))
	serve(gateway(t, f, guarded), r)
	var event events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal(f.events[0], &event); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"iss": "http://issuer.test", "aud": "[tasks-api b]", "scope": "tasks/read tasks/write", "flag": "true",
		"exp": "1893456000", "nbf": "1780544703", "iat": "1780544703", "nothing": "1e+21",
	}
	if got := event.RequestContext.Authorizer.JWT.Claims; !maps.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if got := event.RequestContext.Authorizer.JWT.Scopes; !slices.Equal(got, []string{"tasks/write"}) {
		t.Errorf("got the scopes %q", got)
	}
}
