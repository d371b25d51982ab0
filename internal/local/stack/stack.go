package stack

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/local/apigateway"
	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/samtemplate"
	"accounttasks/internal/local/table"
)

// Time limits of the HTTP server. Writing begins before the function is asked, so
// it covers the gateway's own limit as well.
const (
	readHeaderLimit = 10 * time.Second
	readLimit       = 30 * time.Second
	writeLimit      = 75 * time.Second
	idleLimit       = 2 * time.Minute
	// shutdownLimit is how long requests under way may take to end.
	shutdownLimit = 5 * time.Second
)

// Stack is a running local stack.
type Stack struct {
	listener net.Listener
	server   *http.Server
	engine   *table.Embedded // nil with a table elsewhere
	access   table.Access
	table    string // its name
	pools    pools
	bus      net.Listener
	events   *background
	console  *console
}

// Start returns when the stack answers requests. The context bounds the start
// only.
func Start(ctx context.Context, c Config) (*Stack, error) {
	c = c.withDefaults()
	s := &Stack{console: &console{out: c.Output}}
	if err := s.start(ctx, c); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Stack) start(ctx context.Context, c Config) error {
	var err error
	if s.listener, err = listen(c.Address); err != nil {
		return err
	}
	if s.bus, err = listen("127.0.0.1:0"); err != nil {
		return err
	}
	if err := s.prepareTable(ctx, c); err != nil {
		return err
	}
	template, err := samtemplate.ReadFile(c.Template, samtemplate.Substitutes{
		TableName: c.TableName, Region: s.access.Region(), AccountID: accountID,
	})
	if err != nil {
		return err
	}
	local := variables{busEndpoint: s.BusEndpoint()}
	maps.Copy(local, s.access)
	if s.pools, err = newPools(c, template.Functions, local, s.console); err != nil {
		return err
	}
	handler, err := s.handler(c, template.Routes)
	if err != nil {
		return err
	}
	w, err := newWorker(c, template, local, s.console)
	if err != nil {
		return err
	}
	s.events = startBackground(c, template, s.pools, w, s.access.Region(), s.bus, s.console)
	s.server = &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderLimit, ReadTimeout: readLimit,
		WriteTimeout: writeLimit, IdleTimeout: idleLimit,
	}
	go func() { _ = s.server.Serve(s.listener) }()
	return nil
}

// listen refuses every address that other machines could reach: the secrets of
// the demo clients are public.
func listen(address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("address %q: %w", address, err)
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("address %q is not a loopback address", address)
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return listener, nil
}

// prepareTable starts the engine or checks the endpoint, then creates and seeds
// what is not there yet.
func (s *Stack) prepareTable(ctx context.Context, c Config) error {
	var err error
	seed := demo.Seed
	if c.HoldRuns {
		seed = seedHeld
	}
	if c.DynamoDBEndpoint == "" {
		if s.engine, err = table.StartEmbedded("127.0.0.1:0"); err != nil {
			return err
		}
		s.access = table.LocalAccess(s.engine.Endpoint())
	} else {
		remote := table.Remote{Endpoint: c.DynamoDBEndpoint, TableName: c.TableName, AllowRemote: c.AllowRemote, Environment: c.Environment}
		if s.access, err = remote.Access(); err != nil {
			return err
		}
		// The secrets and tokens of the demo clients are public.
		if !remote.IsThisMachine() {
			seed = demo.SeedTasks
		}
	}
	s.table = c.TableName
	return prepare(ctx, s.access, s.table, seed)
}

// seedHeld puts the demo data and leaves runs held.
func seedHeld(ctx context.Context, client *dynamodb.Client, table string) error {
	if err := demo.SeedClients(ctx, client, table); err != nil {
		return err
	}
	return demo.SeedTasks(ctx, client, table)
}

// Prepare creates the table where it is absent and puts the demo data into it
// without overwriting anything.
func Prepare(ctx context.Context, access table.Access, name string) error {
	return prepare(ctx, access, name, demo.Seed)
}

func prepare(ctx context.Context, access table.Access, name string, seed func(context.Context, *dynamodb.Client, string) error) error {
	client, err := access.Client()
	if err != nil {
		return err
	}
	if err := table.CreateIfAbsent(ctx, client, name); err != nil {
		return err
	}
	return seed(ctx, client, name)
}

// handler puts the pages beside the gateway and logs requests to the API. The pages
// are not part of the API and leave no line.
func (s *Stack) handler(c Config, routes []apigateway.Route) (http.Handler, error) {
	gateway, err := apigateway.New(apigateway.Config{
		Routes: routes, Invoker: s.pools, AccountID: accountID, IntegrationLimit: c.IntegrationLimit,
	})
	if err != nil {
		return nil, err
	}
	return withPages(logged(gateway, s.console)), nil
}

// URL is the address to send requests to, without a slash at the end.
func (s *Stack) URL() string { return "http://" + s.listener.Addr().String() }

// DynamoDBEndpoint is the URL of the table's engine, embedded or not.
func (s *Stack) DynamoDBEndpoint() string { return s.access["AWS_ENDPOINT_URL_DYNAMODB"] }

// BusEndpoint is the URL of EventBridge's API, to which workers report.
func (s *Stack) BusEndpoint() string { return "http://" + s.bus.Addr().String() }

// TableName is the table's name there.
func (s *Stack) TableName() string { return s.table }

// Close lets requests under way end, for a few seconds, and returns when every
// process and listener is gone. It is safe on a stack that has not started.
func (s *Stack) Close() {
	if s.server != nil {
		ctx, cancel := context.WithTimeout(context.Background(), shutdownLimit)
		defer cancel()
		if s.server.Shutdown(ctx) != nil {
			_ = s.server.Close()
		}
	}
	if s.listener != nil {
		_ = s.listener.Close()
	}
	if s.events != nil {
		s.events.close()
	}
	if s.bus != nil {
		_ = s.bus.Close()
	}
	s.pools.close()
	if s.engine != nil {
		s.engine.Close()
	}
}
