//go:build oauth

package clients_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

const (
	clientID     = "demo"
	clientSecret = "demo-secret"
)

// getter gets an access token. authentication is basic or post. what is "get" for a token from the client's
// credentials, or "refresh" for one from its refresh token.
type getter func(t *testing.T, origin, authentication, what string) (accessToken string)

func getters(t *testing.T) map[string]getter {
	python, node := needed(t, "OAUTH_PYTHON"), needed(t, "OAUTH_NODE")
	program := compileCSharp(t, "token", "dotnet/Token.cs")
	return map[string]getter{
		"Python authlib":           command(python, "python/token_with.py", "authlib"),
		"Python requests-oauthlib": command(python, "python/token_with.py", "requests-oauthlib"),
		"Node simple-oauth2":       command("node", filepath.Join(node, "token.js")),
		".NET HttpClient":          command("mono", program),
		"PHP curl":                 command("php", "php/token.php"),
		"Go x/oauth2":              getWithGo,
	}
}

// needed returns the value of a variable that make test-oauth sets.
func needed(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf("%s is not set: run make test-oauth", name)
	}
	return value
}

// command is a program that prints the access token.
func command(name string, arguments ...string) getter {
	return func(t *testing.T, origin, authentication, what string) string {
		variables := []string{"CLIENT_ID=" + clientID, "CLIENT_SECRET=" + clientSecret}
		all := append(append([]string{}, arguments...), origin, authentication, what)
		return strings.TrimSpace(run(t, variables, name, all...))
	}
}

func getWithGo(t *testing.T, origin, authentication, what string) string {
	style := map[string]oauth2.AuthStyle{"basic": oauth2.AuthStyleInHeader, "post": oauth2.AuthStyleInParams}[authentication]
	credentials := clientcredentials.Config{
		ClientID: clientID, ClientSecret: clientSecret, TokenURL: origin + "/Token", AuthStyle: style,
	}
	token, err := credentials.Token(t.Context())
	if err == nil && what == "refresh" {
		token, err = refreshWithGo(t.Context(), credentials, token.RefreshToken)
	}
	if err != nil {
		t.Fatal(err)
	}
	return token.AccessToken
}

func refreshWithGo(ctx context.Context, credentials clientcredentials.Config, refreshToken string) (*oauth2.Token, error) {
	c := oauth2.Config{
		ClientID: credentials.ClientID, ClientSecret: credentials.ClientSecret,
		Endpoint: oauth2.Endpoint{TokenURL: credentials.TokenURL, AuthStyle: credentials.AuthStyle},
	}
	return c.TokenSource(ctx, &oauth2.Token{RefreshToken: refreshToken}).Token()
}

// TestPublicClientsGetTokens gets tokens with public OAuth clients and updates a task with each.
func TestPublicClientsGetTokens(t *testing.T) { testClients(t, "get") }

// testClients runs the test with every client and both ways of authentication.
func testClients(t *testing.T, what string) {
	origin := startStack(t)
	for name, get := range getters(t) {
		for _, authentication := range []string{"basic", "post"} {
			t.Run(name+" "+authentication, func(t *testing.T) {
				token := get(t, origin, authentication, what)
				if got := updateWith(t, origin, token); got != http.StatusOK {
					t.Errorf("an update with the token: got %d, want 200", got)
				}
			})
		}
	}
}

// updateWith updates a task with an access token and gives the answer's status.
func updateWith(t *testing.T, origin, token string) int {
	t.Helper()
	const update = `{"TaskID":"7798c127-7f74-40c6-9bd4-caf4be84ca89","Frequency":"DAILY","Parameters":"{}","ContentType":"application/json"}`
	return putTask(t, origin, token, update).StatusCode
}
