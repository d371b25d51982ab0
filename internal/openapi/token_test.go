package openapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/api"
	"accounttasks/internal/client"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/openapi/openapitest"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// issuer returns the same answer to every request for tokens.
type issuer struct {
	grant client.Grant
	err   error
}

func (i issuer) Issue(context.Context, client.TokenRequest) (client.Grant, error) {
	return i.grant, i.err
}

// refusing makes the issuers of the answers that are not the issuer's own to refuse.
func refusing(code client.OAuthCode, description string) issuer {
	return issuer{err: &client.OAuthError{Code: code, Description: description}}
}

// TestTokenAnswersAreDocumented has the token endpoint give every answer that the document shows of it.
func TestTokenAnswersAreDocumented(t *testing.T) {
	examples := openapitest.Root(t).At("components", "examples")
	tokens := examples.At("Tokens", "value").Members()
	answers := map[string]issuer{
		"Tokens": {grant: client.Grant{
			AccessToken: tokens["access_token"].Text(), RefreshToken: tokens["refresh_token"].Text(), ExpiresIn: client.AccessLifetime,
		}},
		"server_error":            {err: errors.New("a failure")},
		"temporarily_unavailable": {err: &task.Error{Code: task.CodeUnavailable}},
	}
	for _, code := range []client.OAuthCode{
		client.InvalidRequest, client.InvalidClient, client.InvalidGrant, client.UnsupportedGrantType, client.InvalidScope,
	} {
		answers[string(code)] = refusing(code, examples.At(string(code), "value", "error_description").Text())
	}
	if shown, known := shownTokenAnswers(t), slices.Sorted(maps.Keys(answers)); !slices.Equal(shown, known) {
		t.Errorf("the document shows the answers %q, the test makes %q", shown, known)
	}
	for name, i := range answers {
		t.Run(name, func(t *testing.T) {
			w := askForToken(i)
			openapitest.CheckAnswer(t, openapitest.Answer{
				Method: http.MethodPost, Path: tokenPath, Status: w.Code, Header: w.Header(), Body: w.Body.String(),
			})
			compareJSON(t, w.Body.Bytes(), examples.At(name, "value").Value)
		})
	}
}

// TestThrottledTokenRequestIsDocumented has a table turn the request away.
func TestThrottledTokenRequestIsDocumented(t *testing.T) {
	w := askForToken(issuer{err: &task.Error{Code: task.CodeTooManyRequests}})
	openapitest.CheckAnswer(t, openapitest.Answer{
		Method: http.MethodPost, Path: tokenPath, Status: w.Code, Header: w.Header(), Body: w.Body.String(),
	})
}

func askForToken(i issuer) *httptest.ResponseRecorder {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"demo"}, "client_secret": {"demo-secret"}}
	r := httptest.NewRequest(http.MethodPost, tokenPath, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	api.NewToken(clienttest.Named{}, i, nil, time.Now, silent()).ServeHTTP(w, r)
	return w
}

// shownTokenAnswers are the names of the endpoint's own answers that the document shows, sorted.
func shownTokenAnswers(t *testing.T) []string {
	t.Helper()
	var shown []string
	for _, response := range openapitest.FindOperation(t, http.MethodPost, tokenPath).At("responses").Members() {
		for _, name := range response.At("content", "application/json", "examples").Names() {
			if name != "Gateway" {
				shown = append(shown, name)
			}
		}
	}
	slices.Sort(shown)
	return slices.Compact(shown)
}

// compareJSON compares an answer with a value of the document.
func compareJSON(t *testing.T, answer []byte, shown any) {
	t.Helper()
	text, err := json.Marshal(shown)
	if err != nil {
		t.Fatal(err)
	}
	var got, want any
	if err := errors.Join(json.Unmarshal(answer, &got), json.Unmarshal(text, &want)); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the service answers %s, the document shows %s", answer, text)
	}
}

// TestTokenErrorsAreTheCodes holds the codes that the document lists against the code's.
func TestTokenErrorsAreTheCodes(t *testing.T) {
	want := constants(t, "../client/oautherror.go", "OAuthCode")
	listed := openapitest.Root(t).At("components", "schemas", "TokenErrorCode", "enum").Texts()
	for _, code := range want {
		if !slices.Contains(listed, code) {
			t.Errorf("the document does not list %s among %q", code, listed)
		}
	}
}

// silent is a recorder that writes nothing.
func silent() *telemetry.Recorder {
	getenv := func(string) string { return "test" }
	return telemetry.NewRecorder(slog.New(slog.DiscardHandler), telemetry.NewMetrics(getenv, time.Now, io.Discard))
}
