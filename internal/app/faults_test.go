package app_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/app"
	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/local/table"
	"accounttasks/internal/verify/faults"
)

// disturbed is a table with one client that is reached through an unreliable network.
type disturbed struct {
	network *faults.Network
	fates   faults.Fates
	direct  *dynamodb.Client
	clients *dynamo.Clients // on the direct way
	secret  string
	// seen is how often each question had each answer.
	seen map[string]map[int]int
}

// inProcess is an engine that is asked without a connection, so that time can be simulated.
type inProcess struct{ engine http.Handler }

// RoundTrip implements http.RoundTripper.
func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	p.engine.ServeHTTP(w, r)
	return w.Result(), nil
}

func disturb(t *testing.T, mix faults.Mix) *disturbed {
	t.Helper()
	way := inProcess{table.NewEngine()}
	options := dynamotest.NewClient(t, "http://table.example").Options()
	d := &disturbed{network: faults.NewNetwork(way), fates: mix.Fates(1, 1, 3*time.Second), seen: map[string]map[int]int{}}
	d.direct = dynamodb.New(options, func(o *dynamodb.Options) { o.HTTPClient = &http.Client{Transport: way} })
	dynamotest.CreateTable(t, d.direct, "tasks")
	d.clients = dynamo.NewTable(d.direct, "tasks").Clients()
	var err error
	_, d.secret, err = client.NewRegistry(d.clients, time.Now).Register(t.Context(), client.Client{
		ID: "demo", AccountID: "account", UserID: "demo.user", Name: "Demo", Scopes: client.Scopes(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// instances are fresh instances of both functions on the disturbed way.
func (d *disturbed) instances() (tasks, token lambda.Handler) {
	disturbed := dynamo.NewTable(dynamodb.New(d.direct.Options(), func(o *dynamodb.Options) {
		o.HTTPClient = &http.Client{Transport: d.network.Link(d.fates), Timeout: 1500 * time.Millisecond}
	}), "tasks")
	e := app.Environment{
		Getenv: func(string) string { return "" }, Now: time.Now, NewID: uuid.New, Log: slog.New(slog.DiscardHandler), Metrics: io.Discard,
	}
	onTable := dynamo.NewTable(d.direct, "tasks")
	return app.NewAccountTasksOn(client.NewAuthenticator(disturbed.Clients(), time.Now), onTable, onTable, e), app.NewTokenOn(disturbed.Clients(), e)
}

// invoke has a function answer a request, and counts the answer.
func (d *disturbed) invoke(t *testing.T, what string, function lambda.Handler, event events.APIGatewayV2HTTPRequest) (status int, body string) {
	t.Helper()
	event.Version = "2.0"
	payload, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := function.Invoke(t.Context(), payload)
	if err != nil {
		t.Fatal(err)
	}
	var response events.APIGatewayV2HTTPResponse
	if err := json.Unmarshal(answer, &response); err != nil {
		t.Fatal(err)
	}
	if d.seen[what] == nil {
		d.seen[what] = map[int]int{}
	}
	d.seen[what][response.StatusCode]++
	return response.StatusCode, response.Body
}

// list lists the tasks with a token.
func (d *disturbed) list(t *testing.T, what, token string) {
	t.Helper()
	event := events.APIGatewayV2HTTPRequest{RawPath: "/api/v1/admin/tasks/account", Headers: map[string]string{"authorization": "Bearer " + token}}
	event.RequestContext.HTTP.Method = http.MethodGet
	tasks, _ := d.instances()
	d.invoke(t, what, tasks, event)
}

// ask asks for tokens.
func (d *disturbed) ask(t *testing.T, what string, form url.Values) (access, refresh string) {
	t.Helper()
	event := events.APIGatewayV2HTTPRequest{RawPath: "/Token", Body: form.Encode()}
	event.RequestContext.HTTP.Method = http.MethodPost
	_, token := d.instances()
	status, body := d.invoke(t, what, token, event)
	if status != http.StatusOK {
		return "", ""
	}
	var granted struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
	}
	if err := json.Unmarshal([]byte(body), &granted); err != nil {
		t.Fatal(err)
	}
	if _, err := client.NewAuthenticator(d.clients, time.Now).Authenticate(t.Context(), granted.Access); err != nil {
		t.Errorf("%s: a token that was issued is not good: %v", what, err)
	}
	return granted.Access, granted.Refresh
}

// TestAnUnreliableTableNeitherLetsInNorTurnsAway makes the network in front of the table fail. A caller with a good
// token gets its answer or 503; a caller without one gets its refusal or 503.
func TestAnUnreliableTableNeitherLetsInNorTurnsAway(t *testing.T) {
	const rounds = 8
	for _, name := range []string{"all", "lost-answers"} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := disturb(t, faults.Mixes[name])
				grant, err := client.NewIssuer(d.clients, time.Now, func(string) {}).Issue(t.Context(), client.TokenRequest{
					GrantType: client.GrantClientCredentials, Credentials: []client.Credential{{ClientID: "demo", Secret: d.secret}},
				})
				if err != nil {
					t.Fatal(err)
				}
				good := url.Values{"grant_type": {"client_credentials"}, "client_id": {"demo"}, "client_secret": {d.secret}}
				bad := url.Values{"grant_type": {"client_credentials"}, "client_id": {"demo"}, "client_secret": {"demo-secret"}}
				newest := grant.RefreshToken
				for range 4 * rounds {
					d.list(t, "good token", grant.AccessToken)
					d.list(t, "bad token", "ZGVtbw."+strings.Repeat("A", 43))
				}
				for range rounds {
					d.ask(t, "right secret", good)
					d.ask(t, "wrong secret", bad)
					refreshing := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {newest}, "client_id": {"demo"}, "client_secret": {d.secret}}
					if _, refresh := d.ask(t, "refresh token", refreshing); refresh != "" {
						newest = refresh
					}
				}
				d.network.Drain()
				for what, want := range map[string]int{"good token": 200, "bad token": 401, "right secret": 200, "wrong secret": 401, "refresh token": 200} {
					for status, times := range d.seen[what] {
						if status != want && status != http.StatusServiceUnavailable {
							t.Errorf("%s: got %d %d times, want %d or 503", what, status, times, want)
						}
					}
					if d.seen[what][want] == 0 {
						t.Errorf("%s: got %v, want %d at times", what, d.seen[what], want)
					}
				}
				if err := d.network.Failure(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}
