package wellformed_test

import (
	"slices"
	"testing"

	"accounttasks/internal/wellformed"
)

func TestJSONMembers(t *testing.T) {
	for object, want := range map[string][]string{
		`{}`:                               nil,
		"{ \t\r\n}":                        nil,
		`{"a":1}`:                          {`"a" 1`},
		` { "a" : -1e5 , "b":null } `[1:]:  {`"a" -1e5`, `"b" null`},
		"{\"a\"\n:\ttrue\r\n,\"a\":false}": {`"a" true`, `"a" false`},
		`{"a":"},{\"","b":[]}`:             {`"a" "},{\""`, `"b" []`},
		`{"a":{"b":["]}",{}]},"c":""}`:     {`"a" {"b":["]}",{}]}`, `"c" ""`},
		`{"\u0061\"":{ } }`:                {`"\u0061\"" { }`},
	} {
		var got []string
		for name, value := range wellformed.JSONMembers(object) {
			got = append(got, name+" "+value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", object, got, want)
		}
	}
}
