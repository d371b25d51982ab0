package dynamo

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptrace"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"

	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// attempts is the retryer of one call. It remembers how the attempts failed, because what may be promised
// to the caller depends on all of them, not on the last one alone (contract section 5.15).
type attempts struct {
	aws.Retryer
	onUnknown string // what the caller is told where the outcome is unknown
	failed    int    // how many attempts failed
	unknown   bool   // whether one of them may have been applied
	waiting   bool   // whether the present attempt waits for a connection, and nothing of it was sent
}

// outcomeUnknown is the reason of a change whose outcome is unknown. It is empty because the service's HTTP layer says how
// to repeat a change safely.
const outcomeUnknown = ""

// What a caller is told of a call that failed at the table.
const (
	readFailed   = "The service did not get an answer in time: repeat the request later."
	updateUnsent = "The service could not reach its data in time, and nothing was changed: repeat the request later."
	readUnknown  = "The task catalogue could not be read in time, and nothing was changed: repeat the request later."
	tableBusy    = "The service is busy and nothing was changed: repeat the request later."
)

func newAttempts(retryer aws.Retryer, onUnknown string) *attempts {
	return &attempts{Retryer: retryer, onUnknown: onUnknown}
}

// IsErrorRetryable is called after every failed attempt. It also retries an attempt whose response was cut off, which
// the SDK's own retryer does not: the write token makes that safe.
func (a *attempts) IsErrorRetryable(err error) bool {
	a.failed++
	a.unknown = a.unknown || !isThrottled(err) && !isRefused(err) && !a.waiting
	a.waiting = false
	var brokenOff *smithy.DeserializationError
	return errors.As(err, &brokenOff) || a.Retryer.IsErrorRetryable(err)
}

// request makes one request with these attempts, and counts it.
func request[In, Out any](
	ctx context.Context, attempts retrier, operation func(context.Context, *In, ...func(*dynamodb.Options)) (*Out, error), in *In,
) (*Out, error) {
	begun := time.Now()
	out, err := operation(httptrace.WithClientTrace(ctx, attempts.trace()), in, func(o *dynamodb.Options) { o.Retryer = attempts })
	telemetry.CountTableCall(ctx, time.Since(begun), attempts.made(err))
	return out, err
}

// retrier retries a request's failed attempts, and counts them.
type retrier interface {
	aws.Retryer
	made(err error) int
	trace() *httptrace.ClientTrace
}

// trace notes whether an attempt waits for a connection: for the address, for the table to accept it, or for TLS.
func (a *attempts) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { a.waiting = true },
		GotConn: func(httptrace.GotConnInfo) { a.waiting = false },
	}
}

// made is how many attempts the call that ended with err has made.
func (a *attempts) made(err error) int {
	if err == nil {
		return a.failed + 1
	}
	return a.failed
}

// classify adds a code to the error of a failed call. An error by which DynamoDB refuses the request itself is the
// service's own fault and has no code.
func (a *attempts) classify(err error) error {
	switch {
	case a.unknown:
		return &task.Error{Code: task.CodeUnavailable, Cause: err, Reason: a.onUnknown}
	case isThrottled(err):
		return &task.Error{Code: task.CodeTooManyRequests, Cause: err, Reason: tableBusy}
	case isRefused(err):
		return err
	}
	// No attempt reached the table: the deadline passed before the first one, or during a pause.
	return &task.Error{Code: task.CodeUnavailable, Cause: err, Reason: updateUnsent}
}

// isThrottled reports whether DynamoDB refused an attempt because it was too busy.
func isThrottled(err error) bool {
	var conflict *types.TransactionConflictException
	var replicated *types.ReplicatedWriteConflictException
	return errors.As(err, &conflict) || errors.As(err, &replicated) ||
		retry.IsErrorThrottles(retry.DefaultThrottles).IsErrorThrottle(err) == aws.TrueTernary
}

// isRefused reports whether DynamoDB sent a complete response that refuses an attempt. A request that timed out at
// DynamoDB has the same status and may still arrive.
func isRefused(err error) bool {
	var exception smithy.APIError
	var response *awshttp.ResponseError
	return errors.As(err, &exception) && errors.As(err, &response) && response.HTTPStatusCode()/100 == http.StatusBadRequest/100 &&
		!strings.HasPrefix(exception.ErrorCode(), "RequestTimeout")
}

// unavailable adds a code to the error of a failed call about clients or tokens. Throttling counts as unavailable:
// it neither admits nor rejects a caller.
func (a *attempts) unavailable(err error) error {
	if !a.unknown && isRefused(err) && !isThrottled(err) {
		return err
	}
	return &task.Error{Code: task.CodeUnavailable, Cause: err, Reason: a.onUnknown}
}
