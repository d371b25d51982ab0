package dynamo

import (
	"errors"
	"net"
	"net/http"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"

	"accounttasks/internal/task"
)

// attempts is the retryer of one call. It remembers how the attempts failed, because what may be promised
// to the caller depends on all of them, not on the last one alone (contract section 5.15).
type attempts struct {
	aws.Retryer
	onUnknown string // what the caller is told where the outcome is unknown
	failed    int    // how many attempts failed
	unknown   bool   // one of them in a way that leaves open whether it was applied
}

// outcomeUnknown is the reason of a change whose outcome is unknown. It is empty: how to repeat a change safely is for
// the service in front to say.
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

// IsErrorRetryable is asked after every failed attempt. Unlike the SDK's own retryer it has an attempt repeated
// whose answer broke off: the write token makes that safe.
func (a *attempts) IsErrorRetryable(err error) bool {
	a.failed++
	a.unknown = a.unknown || !isTurnedAway(err) && !isRefused(err) && !isUnsent(err)
	var brokenOff *smithy.DeserializationError
	return errors.As(err, &brokenOff) || a.Retryer.IsErrorRetryable(err)
}

// made is how many attempts the call that ended with err has made.
func (a *attempts) made(err error) int {
	if err == nil {
		return a.failed + 1
	}
	return a.failed
}

// classify gives the error of a call that failed at the table its code. One that DynamoDB refuses for what
// the service asked is the service's own fault and has none.
func (a *attempts) classify(err error) error {
	switch {
	case a.unknown:
		return &task.Error{Code: task.CodeUnavailable, Cause: err, Reason: a.onUnknown}
	case isTurnedAway(err):
		return &task.Error{Code: task.CodeTooManyRequests, Cause: err, Reason: tableBusy}
	case isRefused(err):
		return err
	}
	// No attempt reached the table: the time was over before the first one, or during a pause.
	return &task.Error{Code: task.CodeUnavailable, Cause: err, Reason: updateUnsent}
}

// isTurnedAway tells whether DynamoDB was too busy to begin with an attempt.
func isTurnedAway(err error) bool {
	var conflict *types.TransactionConflictException
	var replicated *types.ReplicatedWriteConflictException
	return errors.As(err, &conflict) || errors.As(err, &replicated) ||
		retry.IsErrorThrottles(retry.DefaultThrottles).IsErrorThrottle(err) == aws.TrueTernary
}

// isRefused tells whether DynamoDB answered, in full, that an attempt was not acceptable. One that it waited for in
// vain is answered with the same status, and may yet arrive.
func isRefused(err error) bool {
	var exception smithy.APIError
	var response *awshttp.ResponseError
	return errors.As(err, &exception) && errors.As(err, &response) && response.HTTPStatusCode()/100 == http.StatusBadRequest/100 &&
		!strings.HasPrefix(exception.ErrorCode(), "RequestTimeout")
}

// isUnsent tells whether an attempt ended before there was a connection to send it on.
func isUnsent(err error) bool {
	var failed *net.OpError
	return errors.As(err, &failed) && failed.Op == "dial"
}

// unavailable gives the error of a failed call that concerns clients or tokens its code. Being too busy counts as
// not answering: nobody is let in or turned away for it.
func (a *attempts) unavailable(err error) error {
	if !a.unknown && isRefused(err) && !isTurnedAway(err) {
		return err
	}
	return &task.Error{Code: task.CodeUnavailable, Cause: err, Reason: a.onUnknown}
}
