package apigateway_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

func TestAnswersOfTheFunction(t *testing.T) {
	tests := []struct {
		name, answer              string
		status                    int
		contentType, header, body string
	}{
		{"in full", `{"statusCode":201,"headers":{"content-type":"text/xml","X-Test":"a"},"body":"<a/>"}`, 201, "text/xml", "a", "<a/>"},
		{"base64", `{"statusCode":200,"body":"w6Q=","isBase64Encoded":true}`, 200, "text/plain;charset=UTF-8", "", "ä"},
		{"a status as text and other header values", `{"statusCode":"404","headers":{"x-test":7}}`, 404, "text/plain;charset=UTF-8", "7", ""},
		{"an object without a status", `{"a":1}`, 200, "application/json", "", `{"a":1}`},
		{"a status in another case", `{"StatusCode":201}`, 200, "application/json", "", `{"StatusCode":201}`},
		{"a body in another case", `{"statusCode":201,"Body":"x"}`, 201, "text/plain;charset=UTF-8", "", ""},
		{"a list", `[1]`, 200, "application/json", "", `[1]`},
		{"a text", `"plain"`, 200, "application/json", "", `plain`},
		{"null", `null`, 200, "application/json", "", `null`},
		{"nothing", ``, 500, "application/json", "", `{"message":"Internal Server Error"}`},
		{"no JSON", `{`, 500, "application/json", "", `{"message":"Internal Server Error"}`},
		{"bad base64", `{"statusCode":200,"body":"*","isBase64Encoded":true}`, 500, "application/json", "", `{"message":"Internal Server Error"}`},
		{"an impossible status", `{"statusCode":99}`, 500, "application/json", "", `{"message":"Internal Server Error"}`},
		{"an interim status", `{"statusCode":103}`, 500, "application/json", "", `{"message":"Internal Server Error"}`},
		{"a body of another type", `{"statusCode":200,"body":{}}`, 500, "application/json", "", `{"message":"Internal Server Error"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			answer := serve(gateway(t, &function{answer: test.answer}, open), httptest.NewRequest(http.MethodGet, "/", nil))
			if body := text(t, answer); answer.StatusCode != test.status || body != test.body {
				t.Errorf("got %d %q, want %d %q", answer.StatusCode, body, test.status, test.body)
			}
			if got := answer.Header.Get("Content-Type"); got != test.contentType {
				t.Errorf("got the content type %q, want %q", got, test.contentType)
			}
			if got := answer.Header.Get("X-Test"); got != test.header {
				t.Errorf("got the header %q, want %q", got, test.header)
			}
		})
	}
}

func TestCookiesBecomeHeaders(t *testing.T) {
	answer := serve(gateway(t, &function{answer: `{"statusCode":200,"cookies":["a=1","b=2; Secure"]}`}, open), httptest.NewRequest(http.MethodGet, "/", nil))
	if got := answer.Header["Set-Cookie"]; !slices.Equal(got, []string{"a=1", "b=2; Secure"}) {
		t.Errorf("got %q", got)
	}
}

func TestHeadersOfTheConnectionAreNotTheFunctions(t *testing.T) {
	f := &function{answer: `{"statusCode":200,"body":"four","headers":{"connection":"x-own","X-Own":"1","keep-alive":"1","transfer-encoding":"chunked","content-length":"99","etag":"\"1\""}}`}
	server := httptest.NewServer(gateway(t, f, open))
	t.Cleanup(server.Close)
	answer, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if body := text(t, answer); body != "four" || answer.ContentLength != 4 {
		t.Errorf("got %q of length %d", body, answer.ContentLength)
	}
	for name, want := range map[string]string{"X-Own": "", "Keep-Alive": "", "Etag": `"1"`} {
		if got := answer.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
