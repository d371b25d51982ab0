package app

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// counted is a connection that counts what is written.
type counted struct {
	net.Conn
	writes *int
}

func (c counted) Write(part []byte) (int, error) {
	*c.writes++
	return c.Conn.Write(part)
}

// ofUnknownLength hides the length of a body from net/http.
type ofUnknownLength struct{ io.Reader }

func TestAnAnswerIsSentInOneWrite(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = w.Write(body)
		_, _ = io.WriteString(w, r.Trailer.Get("Kind"))
	}))
	t.Cleanup(server.Close)
	var writes int
	transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		connection, err := new(net.Dialer).DialContext(ctx, network, address)
		return counted{connection, &writes}, err
	}}
	sendAnswersInOneWrite(transport)
	small, large := strings.Repeat("a line\n", 100), strings.Repeat("x", 5*joinedLimit)
	for _, test := range []struct {
		name    string
		body    io.Reader
		trailer http.Header
		want    string
		once    bool
	}{
		{"an answer", ofUnknownLength{strings.NewReader(small)}, nil, small, true},
		{"the next one on the same connection", ofUnknownLength{strings.NewReader("{}")}, nil, "{}", true},
		{"with trailers", ofUnknownLength{strings.NewReader("{}")}, http.Header{"Kind": {"a kind"}}, "{}a kind", true},
		{"one that ends like a head", ofUnknownLength{strings.NewReader("a\r\n\r\n")}, nil, "a\r\n\r\n", false},
		{"one above the limit", ofUnknownLength{strings.NewReader(large)}, nil, large, false},
		{"one of known length", strings.NewReader(small), nil, small, true},
		{"a request for an event", nil, nil, "", true},
	} {
		writes = 0
		method := http.MethodPost
		if test.body == nil {
			method = http.MethodGet
		}
		request, err := http.NewRequestWithContext(t.Context(), method, server.URL, test.body)
		if err != nil {
			t.Fatal(err)
		}
		request.Trailer = test.trailer
		response, err := transport.RoundTrip(request)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		got, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || string(got) != test.want {
			t.Errorf("%s: the server got %.40q and %v, want %.40q", test.name, got, err, test.want)
		}
		if test.once && writes != 1 {
			t.Errorf("%s: got %d writes, want 1", test.name, writes)
		}
	}
}
