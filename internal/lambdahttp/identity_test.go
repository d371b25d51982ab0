package lambdahttp_test

import (
	"strings"
	"testing"

	"accounttasks/internal/task"
)

// claimed are events of both versions whose authorizer verified these claims.
func claimed(claims any) map[string]string {
	return map[string]string{
		"v2": eventV2(with(claims, "requestContext", "authorizer", "jwt", "claims")),
		"v1": eventV1(with(claims, "requestContext", "authorizer", "claims")),
	}
}

// changed are the claims with one replaced.
func changed(name string, value any) object {
	event := object{"claims": claims}
	with(value, "claims", name)(event)
	return event["claims"].(object)
}

func TestClaimsThatNameNobody(t *testing.T) {
	for name, listed := range map[string]any{
		"none": nil, "empty": object{}, "a list": []string{"account_id"}, "a text": "demo-account",
		"no account": changed("account_id", nil), "no user": changed("user_id", nil), "no client": changed("client_id", nil),
		"empty account": changed("account_id", ""), "empty user": changed("user_id", ""), "empty client": changed("client_id", ""),
		"blank user": changed("user_id", " \t"), "blank client": changed("client_id", "\u00a0"),
		"a number": changed("account_id", 11111111), "a boolean": changed("user_id", true), "an object": changed("client_id", object{"id": "demo"}),
		"a list of accounts": changed("account_id", []string{"demo-account"}),
		"a separator":        changed("account_id", "demo#TASK"), "a slash": changed("account_id", "demo/other"), "a wildcard": changed("account_id", "demo*"),
		"a question mark": changed("account_id", "demo?"), "a comma": changed("account_id", "demo,other"), "a blank": changed("account_id", "demo other"),
		"a space at the end": changed("account_id", "demo "), "a line break at the end": changed("account_id", "demo\n"), "a null": changed("account_id", "demo\x00"),
		"a colon": changed("account_id", "a:b"), "a letter beyond ASCII": changed("account_id", "d\u00e9mo"), "dots": changed("account_id", "../demo"), "a sign first": changed("account_id", "-demo"),
		"a long account": changed("account_id", strings.Repeat("a", 129)), "a long user": changed("user_id", strings.Repeat("u", 257)), "a long client": changed("client_id", strings.Repeat("c", 257)),
		"a line break in the user": changed("user_id", "demo\nuser"), "a null in the client": changed("client_id", "demo\x00key"), "an override in the user": changed("user_id", "\u202euser"),
		"no UTF-8": changed("user_id", "\ufffd\u0007"),
	} {
		for version, event := range claimed(listed) {
			s := newStage()
			if got := s.invoke(t, event); got.StatusCode != 401 || got.code(t) != task.CodeUnauthorized {
				t.Errorf("%s, %s: got %d and %s, want 401", version, name, got.StatusCode, got.Body)
			}
			if len(s.updater.drafts) > 0 {
				t.Errorf("%s, %s: the update of nobody was carried out", version, name)
			}
		}
	}
}

func TestClaimsThatNameACaller(t *testing.T) {
	for name, listed := range map[string]object{
		"a GUID":                 changed("account_id", "11111111-1111-4111-8111-111111111111"),
		"all that an account is": changed("account_id", "A1_.-z"),
		"the longest account":    changed("account_id", strings.Repeat("a", 128)),
		"a user with spaces":     changed("user_id", "Zoë O'Neil <z@example.com>"),
		"the longest client":     changed("client_id", strings.Repeat("c", 256)),
		"further claims":         changed("exp", "1780544703"),
	} {
		for version, event := range claimed(listed) {
			s := newStage()
			if got := s.invoke(t, event); got.StatusCode != 200 {
				t.Errorf("%s, %s: got %d and %s, want 200", version, name, got.StatusCode, got.Body)
			}
			caller, _ := task.CallerFrom(s.request.Context())
			if caller.AccountID() != listed["account_id"] || caller.UserID() != listed["user_id"] || caller.ClientID() != listed["client_id"] {
				t.Errorf("%s, %s: got the caller %+v, want %v", version, name, caller, listed)
			}
		}
	}
}

func TestClaimOfTheWrongTypeBesideTheOthersDoesNotMatter(t *testing.T) {
	for version, event := range claimed(changed("exp", 1780544703)) {
		if got := newStage().invoke(t, event); got.StatusCode != 200 {
			t.Errorf("%s: got %d and %s, want 200", version, got.StatusCode, got.Body)
		}
	}
}

func TestScopes(t *testing.T) {
	for scope, want := range map[any]int{
		"tasks/write": 200, "a tasks/write b": 200, " tasks/write ": 200, "tasks/write,tasks/read": 403, "tasks/read": 403, "tasks/writes": 403, "": 403, nil: 403, 5: 403,
	} {
		for version, event := range claimed(changed("scope", scope)) {
			if got := newStage().invoke(t, event); got.StatusCode != want {
				t.Errorf("%s, scope %v: got %d and %s, want %d", version, scope, got.StatusCode, got.Body, want)
			}
		}
	}
}

func TestNothingInTheRequestNamesTheCaller(t *testing.T) {
	forged := object{
		"content-type": "application/json", "authorization": "Bearer x", "account_id": "other", "x-account-id": "other",
		"x-golambdaproxy-apigw-context": `{"authorizer":{"jwt":{"claims":{"account_id":"other","user_id":"o","client_id":"o","scope":"tasks/write"}}}}`,
	}
	for version, make := range bothVersions {
		nobody := []func(object){with(forged, "headers"), with(nil, "multiValueHeaders"), with("account_id=other", "rawQueryString")}
		if got := newStage().invoke(t, make(append(nobody, with(nil, "requestContext", "authorizer"))...)); got.StatusCode != 401 {
			t.Errorf("%s: got %d and %s without claims, want 401", version, got.StatusCode, got.Body)
		}
		s := newStage()
		s.invoke(t, make(nobody...))
		if got, _ := task.CallerFrom(s.request.Context()); got.AccountID() != "demo-account" {
			t.Errorf("%s: got the account %q, want the claims'", version, got.AccountID())
		}
	}
}

func TestClaimsOfTheOtherVersionDoNotCount(t *testing.T) {
	for name, event := range map[string]string{
		"v2 with v1's": eventV2(with(object{"claims": claims}, "requestContext", "authorizer")),
		"v1 with v2's": eventV1(with(object{"jwt": object{"claims": claims}}, "requestContext", "authorizer")),
	} {
		if got := newStage().invoke(t, event); got.StatusCode != 401 {
			t.Errorf("%s: got %d and %s, want 401", name, got.StatusCode, got.Body)
		}
	}
}
