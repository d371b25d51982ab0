package lambdahttp_test

import "testing"

func TestNullHeaderIsMissing(t *testing.T) {
	for name, event := range map[string]string{
		"v2":                   eventV2(with(nil, "headers", "if-match"), with(nil, "headers", "idempotency-key"), with(nil, "headers", "accept")),
		"v1":                   eventV1(with(nil, "multiValueHeaders", "If-Match")),
		"v1, null in a list":   eventV1(with([]any{nil}, "multiValueHeaders", "If-Match"), with([]any{"k", nil}, "multiValueHeaders", "Idempotency-Key")),
		"v1, no lists":         eventV1(with(nil, "multiValueHeaders"), with(object{"Content-Type": "application/json", "Authorization": authorization, "If-Match": nil}, "headers")),
		"v1, null beside list": eventV1(with(nil, "headers", "If-Match")),
	} {
		s := newStage()
		if r := s.invoke(t, event); r.StatusCode != 200 {
			t.Errorf("%s: got %d and %s, want 200", name, r.StatusCode, r.Body)
		}
		if lines, sent := s.request.Header["If-Match"]; sent {
			t.Errorf("%s: got If-Match %q, want none", name, lines)
		}
	}
}

func TestEmptyHeaderIsNotMissing(t *testing.T) {
	for name, event := range map[string]string{
		"v2":           eventV2(with("", "headers", "if-match"), with(nil, "headers", "accept")),
		"v1":           eventV1(with([]string{""}, "multiValueHeaders", "If-Match"), with([]any{nil}, "multiValueHeaders", "Accept")),
		"v1, no lists": eventV1(with(nil, "multiValueHeaders"), with(object{"Content-Type": "application/json", "Authorization": authorization, "If-Match": ""}, "headers")),
	} {
		if r := newStage().invoke(t, event); r.StatusCode != 400 {
			t.Errorf("%s: got %d and %s, want 400", name, r.StatusCode, r.Body)
		}
	}
}
