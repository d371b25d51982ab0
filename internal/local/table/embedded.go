package table

import (
	"fmt"
	"net"
	"net/http"
	"time"
)

// Embedded is a DynamoDB-compatible engine in this process. Its tables live as
// long as it does.
type Embedded struct {
	listener net.Listener
	server   *http.Server
}

// StartEmbedded serves an empty engine on the address.
func StartEmbedded(address string) (*Embedded, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for the embedded table: %w", err)
	}
	e := &Embedded{
		listener: listener,
		server:   &http.Server{Handler: NewEngine(), ReadHeaderTimeout: 10 * time.Second},
	}
	go func() { _ = e.server.Serve(listener) }()
	return e, nil
}

// Endpoint is the engine's URL.
func (e *Embedded) Endpoint() string { return "http://" + e.listener.Addr().String() }

// Close ends the engine; its data is gone.
func (e *Embedded) Close() { _ = e.server.Close() }
