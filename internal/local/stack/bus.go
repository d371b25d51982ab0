package stack

import (
	"io"
	"net/http"

	"accounttasks/internal/local/eventbus"
)

// NewBus makes an event bus of this name without rules, for functions that run elsewhere. It prints the runs that are
// due.
func NewBus(name string, out io.Writer) *http.Server {
	bus := eventbus.New(eventbus.Config{
		Buses: []string{name}, Send: func(string, []byte) {}, AccountID: accountID, Taken: (&console{out: out}).event,
	})
	return &http.Server{Handler: bus, ReadHeaderTimeout: readHeaderLimit, ReadTimeout: readLimit}
}
