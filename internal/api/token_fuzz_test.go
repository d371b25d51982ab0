package api_test

import (
	"encoding/json"
	"net/http"
	"testing"
)

// FuzzToken sends any body with any headers. Every answer must follow RFC 6749, and the record must contain nothing of
// the request.
func FuzzToken(f *testing.F) {
	f.Add(tokenForm, "application/x-www-form-urlencoded", "")
	f.Add("grant_type=client_credentials", "", "Basic ZGVtbzphLXNlY3JldA==")
	f.Add("grant_type=refresh_token&refresh_token=r&refresh_token=", "text/plain; x", "Bearer ZGVtbw.x")
	f.Add("%zz=&;=;", "a/b;c", "basic \t=")
	f.Fuzz(func(t *testing.T, body, contentType, authorization string) {
		s := &tokenService{}
		w := s.send(tokenRequest(body, func(r *http.Request) {
			r.Header["Content-Type"], r.Header["Authorization"] = []string{contentType}, []string{authorization}
		}))
		var document map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &document); err != nil {
			t.Fatalf("got %s: %v", w.Body, err)
		}
		switch w.Code {
		case http.StatusOK:
			for _, read := range s.issuer.asked[0].Credentials {
				if read.ClientID == "" {
					t.Error("a client without an id was looked up")
				}
			}
		case http.StatusBadRequest, http.StatusUnauthorized:
			if document["error"] == nil || len(s.issuer.asked) > 0 {
				t.Errorf("got %v after %d look-ups", document, len(s.issuer.asked))
			}
			expectChallenge(t, w)
		default:
			t.Errorf("got status %d", w.Code)
		}
	})
}
