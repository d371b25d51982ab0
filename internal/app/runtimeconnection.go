package app

import (
	"bytes"
	"context"
	"net"
	"net/http"
)

// sendAnswersInOneWrite makes the Lambda runtime send each answer in one write. The runtime does not tell net/http the
// answer's length, so net/http writes head, body and end one by one; each write costs a system call and wakes the
// receiver. The runtime copies http.DefaultTransport and has no option for this.
func sendAnswersInOneWrite(transport *http.Transport) {
	dial := transport.DialContext
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		connection, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &joined{Conn: connection}, nil
	}
}

// joinedLimit is how much of a request is held back, in bytes. It is far above the answer to an update.
const joinedLimit = 64 << 10

// joined is a connection that holds back a request of unknown length until its end or the limit.
type joined struct {
	net.Conn
	held []byte
}

// endOfPart ends the head of a request, and the last chunk of its body with the trailers.
var endOfPart = []byte("\r\n\r\n")

// Write implements net.Conn. It reports the error of a part that was held back with the last part; net/http gives up the
// connection after both.
func (c *joined) Write(part []byte) (int, error) {
	if len(c.held) == 0 && !isHeadOfChunks(part) {
		return c.Conn.Write(part)
	}
	begun := len(c.held) > 0
	c.held = append(c.held, part...)
	ended := begun && bytes.HasSuffix(c.held, endOfPart) // the end itself may be in two parts
	if !ended && len(c.held) < joinedLimit {
		return len(part), nil
	}
	_, err := c.Conn.Write(c.held)
	c.held = c.held[:0]
	return len(part), err
}

// isHeadOfChunks reports whether a part is the whole head of a request, and nothing else, whose body follows in chunks.
func isHeadOfChunks(part []byte) bool {
	return bytes.HasPrefix(part, []byte("POST ")) && bytes.Contains(part, []byte("\r\nTransfer-Encoding: chunked\r\n")) &&
		bytes.Index(part, endOfPart) == len(part)-len(endOfPart)
}
