package apigateway

import (
	"fmt"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

// tokenScopes reads the scope claim, a text with spaces, or scp, which some
// issuers write as a list.
func tokenScopes(claims jwt.MapClaims) []string {
	for _, name := range []string{"scope", "scp"} {
		switch value := claims[name].(type) {
		case string:
			return strings.Fields(value)
		case []any:
			return texts(value)
		}
	}
	return nil
}

func texts(list []any) []string {
	var members []string
	for _, member := range list {
		if text, ok := member.(string); ok {
			members = append(members, text)
		}
	}
	return members
}

// claimTexts turns every claim into text, as the real gateway does before the
// function sees it: numbers keep their digits, and a list is its members between
// brackets with spaces, which happens to be how Go prints one.
func claimTexts(claims jwt.MapClaims) map[string]string {
	out := make(map[string]string, len(claims))
	for name, value := range claims {
		out[name] = fmt.Sprint(value)
	}
	return out
}
