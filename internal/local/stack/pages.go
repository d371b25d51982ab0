package stack

import (
	"io"
	"net/http"
	"slices"
	"strings"

	"accounttasks/internal/local/reference"
)

// toReference are the paths, without a slash at the end and in lower case, at which people look for the reference page.
// The API has no routes there.
var toReference = []string{"", strings.TrimSuffix(reference.Path, "/"), "/docs", "/swagger", "/help", "/index.html", "/api"}

// withPages serves the reference page and redirects the usual start addresses to it. It also answers requests that
// browsers and probes make without a token. All other requests go to the API.
func withPages(api http.Handler) http.Handler {
	page := reference.Handler()
	toPage := http.RedirectHandler(reference.Path, http.StatusFound)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		switch {
		case strings.HasPrefix(r.URL.Path, reference.Path):
			page.ServeHTTP(w, r)
		case reads && slices.Contains(toReference, strings.ToLower(strings.TrimSuffix(r.URL.Path, "/"))):
			toPage.ServeHTTP(w, r)
		case reads && r.URL.Path == "/health":
			w.Header().Set("Content-Type", "text/plain")
			_, _ = io.WriteString(w, "The local stack is running.\n")
		case reads && r.URL.Path == "/favicon.ico":
			w.WriteHeader(http.StatusNoContent)
		default:
			api.ServeHTTP(w, r)
		}
	})
}
