package dynamo

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/roots"
)

// How long a call may take: three attempts of a second and a half with at most 0.4 s between them end after
// 5.3 s, well within the function's timeout of ten seconds and API Gateway's of thirty.
const (
	maxAttempts    = 3
	attemptTimeout = 1500 * time.Millisecond
	maxBackoff     = 400 * time.Millisecond
)

// NewConfig makes the configuration of AWS's clients from the environment as Lambda provides it: AWS_REGION,
// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN.
// Reading them here, instead of with the SDK's config module, keeps the sign-in and metadata services out
// of the function. The error names every variable that is missing.
func NewConfig(env func(string) string) (aws.Config, error) {
	var missing []error
	for _, name := range []string{"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		if env(name) == "" {
			missing = append(missing, fmt.Errorf("the environment variable %s is not set", name))
		}
	}
	if err := errors.Join(missing...); err != nil {
		return aws.Config{}, err
	}
	return aws.Config{
		Region:      env("AWS_REGION"),
		Credentials: credentials(env),
		HTTPClient:  inOneWrite{&onFirstUse{sync.OnceValue(func() aws.HTTPClient { return newHTTPClient(env) })}},
		Retryer:     newRetryer,
	}, nil
}

// NewClient makes a client from the environment, with NewConfig; AWS_ENDPOINT_URL_DYNAMODB is set where DynamoDB
// is somewhere else.
func NewClient(env func(string) string) (*dynamodb.Client, error) {
	config, err := NewConfig(env)
	if err != nil {
		return nil, err
	}
	return NewClientOf(config, env), nil
}

// NewClientOf makes a client of this configuration. Clients of one configuration share their connections.
func NewClientOf(config aws.Config, env func(string) string) *dynamodb.Client {
	return dynamodb.NewFromConfig(config, func(o *dynamodb.Options) {
		if endpoint := env("AWS_ENDPOINT_URL_DYNAMODB"); endpoint != "" {
			o.BaseEndpoint = &endpoint
		}
	})
}

func newHTTPClient(env func(string) string) aws.HTTPClient {
	return roots.NewClient(env, func(pool *x509.CertPool) roots.Doer {
		return awshttp.NewBuildableClient().WithTimeout(attemptTimeout).WithTransportOptions(func(t *http.Transport) {
			t.TLSClientConfig.RootCAs = pool
		})
	})
}

// credentials are those of the function's role; Lambda replaces the process before they expire.
func credentials(env func(string) string) aws.CredentialsProvider {
	found := aws.Credentials{
		AccessKeyID:     env("AWS_ACCESS_KEY_ID"),
		SecretAccessKey: env("AWS_SECRET_ACCESS_KEY"),
		SessionToken:    env("AWS_SESSION_TOKEN"),
		Source:          "environment",
	}
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return found, nil })
}

// newRetryer pins what the SDK's defaults may change. An instance of the function has one call at a time, so
// a budget shared between calls would only take attempts from the next caller.
func newRetryer() aws.Retryer {
	return retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = maxAttempts
		o.MaxBackoff = maxBackoff
		o.RateLimiter = ratelimit.None
	})
}
