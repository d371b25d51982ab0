package api_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"accounttasks/internal/api"
	"accounttasks/internal/client"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/telemetry"
	"accounttasks/internal/verify/linear"
)

// noTokens is a table of clients and tokens that has none.
type noTokens struct{}

func (noTokens) LoadAccess(context.Context, string, string) (client.Client, client.Token, error) {
	return client.Client{}, client.Token{}, nil
}

// repeated is a value of about a size, which has the part as often as possible.
func repeated(before, part, after string) func(size int) string {
	return func(size int) string {
		return before + strings.Repeat(part, (size-len(before)-len(after))/len(part)) + after
	}
}

// numbered is repeated with parts that differ: %d in them becomes a number.
func numbered(before, part, after string) func(size int) string {
	return func(size int) string {
		b := []byte(before)
		for i := 0; len(b) < size-len(part)-len(after)-8; i++ {
			b = fmt.Appendf(b, part, i)
		}
		return string(b) + after
	}
}

// hostileTags are lists of entity-tags.
var hostileTags = map[string]func(size int) string{
	"entity-tags":            numbered(``, `"%d-Zm9v",`, ``),
	"weak entity-tags":       numbered(``, `W/"%d",`, `"1-Zm9v"`),
	"the same entity-tag":    repeated(``, `"4-bmV3", `, `"4-bmV3"`),
	"a long entity-tag":      repeated(`"4-`, `b`, `"`),
	"a long version":         repeated(`"`, `9`, `-bmV3"`),
	"entity-tags at the end": repeated(``, " ,\t", `"4-bmV3"`),
	"commas":                 repeated(``, `,`, ``),
	"spaces":                 repeated(`*`, ` `, `x`),
	"open quotation":         repeated(`"`, `W/`, ``),
	"quotation marks":        repeated(``, `"`, ``),
	"empty entity-tags":      repeated(``, `"" ,`, `x`),
}

// hostileKeys are idempotency keys.
var hostileKeys = map[string]func(size int) string{
	"a long key":       repeated(``, `k`, ``),
	"the same key":     repeated(``, `key , `, `key`),
	"different keys":   numbered(``, `key%d,`, ``),
	"commas":           repeated(``, `,`, ``),
	"spaces":           repeated(`k`, ` `, `y`),
	"characters":       repeated(``, "\u00e9", ``),
	"quotation marks":  repeated(``, `"`, ``),
	"a different last": repeated(``, `key,`, `other`),
}

// hostileAuthorizations are values of Authorization.
var hostileAuthorizations = map[string]func(size int) string{
	"a long token":     repeated(`Bearer ZGVtbw.`, `A`, ``),
	"a long client":    repeated(`Bearer `, `ZGVt`, `.A`),
	"points":           repeated(`Bearer `, `.`, ``),
	"spaces":           repeated(`Bearer `, ` `, `a.b`),
	"tabs":             repeated("\t", "\t", "x"),
	"a long scheme":    repeated(``, `Bearer`, ` a.b`),
	"tokens":           numbered(`Bearer a.b`, `,Bearer a%d.b`, ``),
	"long credentials": repeated(`Basic `, `eDp5`, ``),
	"padding":          repeated(`Basic eDp5`, `=`, ``),
	"escapes":          repeated(`Basic eDp5`, `JTI1`, ``),
}

// hostileQueries are queries.
var hostileQueries = map[string]func(size int) string{
	"parameters":         numbered(``, `a%d=1&`, ``),
	"the same parameter": repeated(``, `COUNT=x&`, ``),
	"separators":         repeated(``, `&`, ``),
	"equals signs":       repeated(`count`, `=`, ``),
	"escapes":            repeated(`after=`, `%41`, ``),
	"percent signs":      repeated(`summary=`, `%`, ``),
	"plus signs":         repeated(`count=`, `+`, `1`),
	"a long number":      repeated(`count=`, `9`, ``),
	"a long name":        repeated(``, `A`, `=1`),
	"a long flag":        repeated(`validateOnly=`, `TRUE`, ``),
	"characters":         repeated(`summary=`, `İ`, ``),
}

// gatewayLimit is how much of a header or query a gateway lets through.
const gatewayLimit = 10 << 10

// checkLinear has the service answer requests with a hostile value. It must not fail with any, and read those that are
// far larger than a gateway lets through in linear time.
func checkLinear(t *testing.T, name string, hostile map[string]func(size int) string, service http.Handler, request func(value string) *http.Request) {
	answer := func(value string) int {
		w := httptest.NewRecorder()
		service.ServeHTTP(w, request(value))
		return w.Code
	}
	for what, of := range hostile {
		t.Run(name+" of "+what, func(t *testing.T) {
			for _, size := range []int{gatewayLimit, linear.Large} {
				if got := answer(of(size)); got >= http.StatusInternalServerError {
					t.Errorf("%d bytes: got %d", size, got)
				}
			}
			linear.Check(t, of, func(value []byte) { answer(string(value)) })
		})
	}
}

func TestReadingHeadersAndQueriesIsLinear(t *testing.T) {
	tasks := api.New(clienttest.Only{Caller: caller}, &updater{}, now, telemetry.Discard())
	closed := api.New(client.NewAuthenticator(noTokens{}, now), &updater{}, now, telemetry.Discard())
	tokens := api.NewToken(clienttest.Named{}, &issuer{}, nil, now, telemetry.Discard())
	inHeader := func(name string) func(value string) *http.Request {
		return func(value string) *http.Request { return request(header(name, value)) }
	}
	checkLinear(t, "If-Match", hostileTags, tasks, inHeader("If-Match"))
	checkLinear(t, "If-None-Match", hostileTags, tasks, inHeader("If-None-Match"))
	checkLinear(t, "Idempotency-Key", hostileKeys, tasks, inHeader("Idempotency-Key"))
	checkLinear(t, "Authorization", hostileAuthorizations, closed, inHeader("Authorization"))
	checkLinear(t, "Authorization for a token", hostileAuthorizations, tokens, func(value string) *http.Request {
		return tokenRequest(tokenForm, header("Authorization", value))
	})
	checkLinear(t, "query", hostileQueries, tasks, func(value string) *http.Request {
		return requestTo(http.MethodGet, "/api/v1/admin/tasks/account", "", from(reader), query(value))
	})
}
