package table

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/dynamo"
)

// localRegion is where the local stack claims to be.
const localRegion = "eu-central-1"

// Access is how an endpoint is reached: the environment that an AWS SDK reads,
// the same for the function and for us.
type Access map[string]string

// LocalAccess is for an engine that asks for credentials and checks none.
func LocalAccess(endpoint string) Access {
	return Access{
		"AWS_ENDPOINT_URL_DYNAMODB": endpoint,
		"AWS_REGION":                localRegion,
		"AWS_DEFAULT_REGION":        localRegion,
		"AWS_ACCESS_KEY_ID":         "local",
		"AWS_SECRET_ACCESS_KEY":     "local",
		"AWS_SESSION_TOKEN":         "local",
	}
}

// Remote names a table at an endpoint of the user's choice.
type Remote struct {
	// Endpoint is the URL of a DynamoDB or a compatible engine.
	Endpoint string
	// TableName is the one table that will be touched there.
	TableName string
	// AllowRemote permits an endpoint that is not on this machine.
	AllowRemote bool
	// Environment looks up the caller's variables. AWS itself gets the caller's
	// credentials; every other endpoint gets none of them.
	Environment func(string) string
}

// Access checks that the endpoint may be used and says how.
func (r Remote) Access() (Access, error) {
	endpoint, err := url.Parse(r.Endpoint)
	if err != nil || endpoint.Hostname() == "" || endpoint.Scheme != "http" && endpoint.Scheme != "https" {
		return nil, fmt.Errorf("DYNAMODB_ENDPOINT is %q, not a URL such as http://127.0.0.1:8000", r.Endpoint)
	}
	if r.TableName == "" {
		return nil, errors.New("DYNAMODB_ENDPOINT needs TABLE_NAME beside it: only the table of that name is used there, and created if it is absent")
	}
	host := strings.ToLower(endpoint.Hostname())
	if !isLoopback(host) && !r.AllowRemote {
		return nil, fmt.Errorf("DYNAMODB_ENDPOINT names %s, which is not this machine: set ALLOW_REMOTE=1 if the table %s there is meant to be written to", host, r.TableName)
	}
	if isAWS(host) {
		return r.callersAccess()
	}
	return LocalAccess(r.Endpoint), nil
}

// IsThisMachine reports whether the endpoint is a loopback address.
func (r Remote) IsThisMachine() bool {
	endpoint, err := url.Parse(r.Endpoint)
	return err == nil && isLoopback(strings.ToLower(endpoint.Hostname()))
}

// isLoopback takes a literal address or the one name that means this machine.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// isAWS reports whether a host is one of AWS's own endpoints.
func isAWS(host string) bool {
	for _, domain := range []string{".amazonaws.com", ".amazonaws.com.cn", ".api.aws"} {
		if strings.HasSuffix(host, domain) {
			return true
		}
	}
	return false
}

// callersAccess passes on what the caller's terminal has.
func (r Remote) callersAccess() (Access, error) {
	region := r.Environment("AWS_REGION")
	if region == "" {
		region = r.Environment("AWS_DEFAULT_REGION")
	}
	access := Access{
		"AWS_ENDPOINT_URL_DYNAMODB": r.Endpoint,
		"AWS_REGION":                region,
		"AWS_DEFAULT_REGION":        region,
		"AWS_ACCESS_KEY_ID":         r.Environment("AWS_ACCESS_KEY_ID"),
		"AWS_SECRET_ACCESS_KEY":     r.Environment("AWS_SECRET_ACCESS_KEY"),
	}
	for _, name := range []string{"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		if access[name] == "" {
			return nil, fmt.Errorf("a table at AWS needs AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN where there is one) in the environment: %s is missing", name)
		}
	}
	// Long-lived credentials have no session token, and an empty one is invalid.
	if token := r.Environment("AWS_SESSION_TOKEN"); token != "" {
		access["AWS_SESSION_TOKEN"] = token
	}
	return access, nil
}

// Region is the region that requests are signed for.
func (a Access) Region() string { return a["AWS_REGION"] }

// Client is the service's own client, with its time limits and retries.
func (a Access) Client() (*dynamodb.Client, error) {
	return dynamo.NewClient(func(name string) string { return a[name] })
}
