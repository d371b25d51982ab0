package dynamo

import (
	"bytes"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// onFirstUse creates its client with the first call, so that a process without calls does not wait for the root
// certificates to be read.
type onFirstUse struct{ client func() aws.HTTPClient }

// Do implements aws.HTTPClient.
func (c *onFirstUse) Do(r *http.Request) (*http.Response, error) { return c.client().Do(r) }

// inOneWrite sends each request's head and body in one write instead of two.
//
// It also keeps the connection. The SDK closes a request's body as soon as there is an answer, and its body,
// closed before net/http has looked whether more is to be sent, ends with an error (smithy-go 1.28): for that
// net/http returns the connection up, and the next request pays for another TLS handshake. A fast answer is
// enough.
type inOneWrite struct{ client aws.HTTPClient }

// Do implements aws.HTTPClient.
func (c inOneWrite) Do(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		return c.client.Do(r)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	r.Body, _ = r.GetBody()
	return c.client.Do(r)
}
