package apigateway

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// integrationLimit is the maximum time that the gateway waits for the function.
const integrationLimit = 30 * time.Second

// Invoker runs the functions of the routes. If the context ends first, it returns an error that wraps the context's
// error. Any other error means that the function failed.
type Invoker interface {
	Invoke(ctx context.Context, function, traceID string, event []byte) ([]byte, error)
}

// Config is what a gateway needs. Routes and Invoker are required.
type Config struct {
	Routes  []Route
	Invoker Invoker
	// AccountID is the AWS account that events name.
	AccountID string
	// IntegrationLimit replaces the gateway's limit of 30 seconds.
	IntegrationLimit time.Duration
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Gateway is an http.Handler. It is safe for concurrent use.
type Gateway struct {
	table  routeTable
	config Config
}

// New checks the routes and returns a gateway for them.
func New(c Config) (*Gateway, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.IntegrationLimit == 0 {
		c.IntegrationLimit = integrationLimit
	}
	table, err := newRouteTable(c.Routes)
	if err != nil {
		return nil, err
	}
	return &Gateway{table: table, config: c}, nil
}

// ServeHTTP passes one request to its function and writes the answer.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	identity := newEventIdentity(r)
	w.Header().Set("Apigw-Requestid", identity.requestID)
	if headSize(r) > maxHeadBytes {
		refuse(w, http.StatusRequestHeaderFieldsTooLarge)
		return
	}
	// The body is read before any refusal, so that a client that is still sending gets the answer and not a broken
	// connection.
	body, err := readBody(r)
	if errors.Is(err, errBodyTooLarge) {
		refuse(w, http.StatusRequestEntityTooLarge)
		return
	}
	if err != nil {
		refuse(w, http.StatusBadRequest)
		return
	}
	g.serve(w, r, body, identity)
}

func (g *Gateway) serve(w http.ResponseWriter, r *http.Request, body []byte, identity eventIdentity) {
	match, found := g.table.match(r.Method, r.URL)
	if !found {
		refuse(w, http.StatusNotFound)
		return
	}
	event, err := encode(newEvent(eventSource{
		request: r, body: body, match: match,
		identity: identity, accountID: g.config.AccountID, now: g.config.Now(),
	}))
	if err != nil {
		refuse(w, http.StatusInternalServerError)
		return
	}
	if len(event) > maxEventBytes {
		refuse(w, http.StatusRequestEntityTooLarge)
		return
	}
	g.invoke(w, r, match.route, identity.traceID, event)
}

// invoke does not end when the client disconnects. The real gateway has passed the event on by then, and the function
// continues.
func (g *Gateway) invoke(w http.ResponseWriter, r *http.Request, route Route, traceID string, event []byte) {
	limit := g.config.IntegrationLimit
	if route.Timeout > 0 {
		limit = min(limit, route.Timeout)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), limit)
	defer cancel()
	answer, err := g.config.Invoker.Invoke(ctx, route.Function, traceID, event)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		refuse(w, http.StatusServiceUnavailable)
	case err != nil:
		refuse(w, http.StatusInternalServerError)
	default:
		writeAnswer(w, answer)
	}
}

// refuse writes the gateway's own answer, which is never the service's envelope.
func refuse(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"message":%q}`, http.StatusText(status))
}
