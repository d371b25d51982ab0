package app_test

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
)

// What a key of the table cannot hold, or what no client can have, is refused as every wrong secret is.
func TestHostileCredentialsAreRefusedWithoutAFault(t *testing.T) {
	s := newTokenStage(t)
	const grant = "grant_type=client_credentials"
	ids := map[string]string{
		"longer than a key": strings.Repeat("x", 3000), "not UTF-8": "d\xffmo", "a NUL": "demo\x00", "a line break": "demo\n",
		"a key of another item": "demo#CLIENT", "the key of the kinds": "#", "spaces": "  ", "not ASCII": "démo",
	}
	for name, id := range ids {
		t.Run(name, func(t *testing.T) {
			form := grant + "&client_id=" + url.QueryEscape(id) + "&client_secret=" + url.QueryEscape("a-secret\x00\xff"+strings.Repeat("y", 4000))
			if status, document := s.ask(t, form, nil); status != 401 || document["error"] != "invalid_client" {
				t.Errorf("in the form: got %d and %v, want 401", status, document)
			}
			pair := base64.StdEncoding.EncodeToString([]byte(id + ":a-secret\x00\xff%zz+"))
			if status, document := s.ask(t, grant, map[string]string{"authorization": "Basic " + pair}); status != 401 || document["error"] != "invalid_client" {
				t.Errorf("as Basic: got %d and %v, want 401", status, document)
			}
		})
	}
	for name, token := range map[string]string{"long": strings.Repeat("x", 5000), "dots": "..", "not UTF-8": "\xff.\xff.\xff"} {
		form := "grant_type=refresh_token&client_id=demo&client_secret=" + s.secret + "&refresh_token=" + url.QueryEscape(token)
		if status, document := s.ask(t, form, nil); status != 400 || document["error"] != "invalid_grant" {
			t.Errorf("a refresh token, %s: got %d and %v, want invalid_grant", name, status, document)
		}
	}
	if strings.Contains(s.log.String(), "a-secret") || strings.Contains(s.log.String(), s.secret) {
		t.Error("a secret is in the log")
	}
}
