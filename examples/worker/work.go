package main

import (
	"context"
	"fmt"
	"regexp"
)

// work does the work of a run. Replace it with yours.
//
// It is called once for each run, with two exceptions: after an error, and if the function ends in the middle of the work
// (a crash, a timeout). So hand r.RunID on as the idempotency key of what you call, or write with it as a condition.
//
// Return succeeded or failed for work that is finished; users can read the message. Return an error if trying again may
// help, for example when another service does not answer: the message comes again after the queue's visibility timeout,
// four times at most. ctx ends while there is still time to report.
func work(ctx context.Context, r run) (result, error) {
	if saysFail.MatchString(*r.Parameters) {
		return failed("Parameters say fail."), nil
	}
	return succeeded(fmt.Sprintf("%d bytes of Parameters were processed.", len(*r.Parameters))), ctx.Err()
}

// saysFail finds the word fail: {"fail":true}, <fail/>.
var saysFail = regexp.MustCompile(`\bfail\b`)

// result is how the work of a run ended.
type result struct{ outcome, message string }

func succeeded(message string) result { return result{"SUCCESS", message} }

func failed(message string) result { return result{"FAILED", message} }
