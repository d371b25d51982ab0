package dynamo_test

import (
	"strings"
	"testing"

	"accounttasks/internal/dynamo"
)

func TestAClientIsValidWhereTheServiceWouldTakeItForACaller(t *testing.T) {
	tests := []struct{ name, account, user, wrong string }{
		{"a GUID", "11111111-1111-4111-8111-111111111111", "demo.user", ""},
		{"a number", "42", "Jörg Müller", ""},
		{"no account", "", "u", "the account"},
		{"a separator in the account", "1#2", "u", "the account"},
		{"a wildcard in the account", "*", "u", "the account"},
		{"a long account", strings.Repeat("1", 129), "u", "the account"},
		{"a line end after the account", "1\n", "u", "the account"},
		{"no user", "1", " ", "the user"},
		{"a control character in the user", "1", "a\tb", "the user"},
		{"a long user", "1", strings.Repeat("u", 257), "the user"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := dynamo.Client{ID: "c", AccountID: test.account, UserID: test.user}.Validate()
			if test.wrong == "" && err != nil || test.wrong != "" && (err == nil || !strings.Contains(err.Error(), test.wrong)) {
				t.Errorf("got %v, want %q", err, test.wrong)
			}
		})
	}
}
