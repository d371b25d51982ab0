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

// pipe is a connection that keeps what is written.
type pipe struct {
	net.Conn
	got *strings.Builder
}

func (p pipe) Write(part []byte) (int, error) { return p.got.Write(part) }

// net/http's buffer is full in the middle of the end where the trailers have such a length.
func TestAnAnswerWhoseEndIsInTwoPartsIsSent(t *testing.T) {
	const head, end = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "0\r\n\r\n"
	for cut := 1; cut < len(end); cut++ {
		var got strings.Builder
		connection := &joined{Conn: pipe{nil, &got}}
		for _, part := range []string{head, "2\r\n{}\r\n", end[:cut], end[cut:]} {
			if n, err := connection.Write([]byte(part)); n != len(part) || err != nil {
				t.Fatalf("got %d, %v, want the %d bytes taken", n, err, len(part))
			}
		}
		if want := head + "2\r\n{}\r\n" + end; got.String() != want {
			t.Errorf("the end is cut after %d bytes: got %q, want %q", cut, got.String(), want)
		}
	}
}
