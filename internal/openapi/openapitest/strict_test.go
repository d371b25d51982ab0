package openapitest

import "testing"

// TestStrictReading checks that tests hold answers to more than the published document says.
func TestStrictReading(t *testing.T) {
	const failure = `{"Identification":null,"Result":"Failure","Detail":null}`
	const refusal = `{"ErrorCode":"TaskNotFound","ErrorReason":"There is no such task."}`
	for name, c := range map[string]struct {
		schema, text string
		allowed      bool
	}{
		"a refusal":                      {"ResponseOfAccountTaskResponse", `{"Error":` + refusal + `,"ResponseData":` + failure + `}`, true},
		"an envelope without Error":      {"ResponseOfAccountTaskResponse", `{"ResponseData":` + failure + `}`, false},
		"an envelope with a message":     {"ResponseOfAccountTaskResponse", `{"Error":null,"ResponseData":` + failure + `,"message":""}`, false},
		"a message without an envelope":  {"ResponseOfAccountTaskResponse", `{"message":"Too Many Requests"}`, false},
		"an error with another member":   {"ApiError", `{"ErrorCode":"TaskNotFound","ErrorReason":"No.","Cause":""}`, false},
		"a detail with a member":         {"NoDetail", `{"ID":1}`, false},
		"a token error without its code": {"TokenError", `{"error_description":"no"}`, false},
		"the gateway's answer":           {"GatewayAnswer", `{"message":"Too Many Requests"}`, true},
		"an envelope from the gateway":   {"GatewayAnswer", `{"message":"","Error":null}`, false},
	} {
		if got := len(violations(t, c.schema, c.text)) == 0; got != c.allowed {
			t.Errorf("%s: allowed is %t, want %t", name, got, c.allowed)
		}
	}
}
