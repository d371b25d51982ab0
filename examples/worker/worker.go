package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/aws/aws-lambda-go/events"
)

// reserve is the time of an invocation that is kept for noting and reporting the outcome of the work.
const reserve = 5 * time.Second

// ledger knows which runs were worked. It must be shared by all instances of the function.
type ledger interface {
	// claim takes a run for this invocation until a time. If its work is done, done is its result. errTaken says that
	// another invocation has it.
	claim(ctx context.Context, runID string, until time.Time) (done *result, err error)
	// finish notes the result of a run that this invocation has claimed until this time.
	finish(ctx context.Context, runID string, until time.Time, r result) error
}

var errTaken = errors.New("another invocation has the run")

// parameterSource has the Parameters that are too large for an event.
type parameterSource interface {
	read(ctx context.Context, r run) (string, error)
}

// reporter tells the service how a run ended.
type reporter interface {
	report(ctx context.Context, r run, res result) error
}

// worker takes messages of the queue.
type worker struct {
	ledger     ledger
	parameters parameterSource
	reporter   reporter
	work       func(context.Context, run) (result, error)
	log        *slog.Logger
}

// handle takes a batch. A message that it returns as failed comes again after the queue's visibility timeout; the others
// are deleted.
func (w *worker) handle(ctx context.Context, batch events.SQSEvent) (events.SQSEventResponse, error) {
	response := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}}
	for _, message := range batch.Records {
		if err := w.take(ctx, message.Body); err != nil {
			w.log.ErrorContext(ctx, "the message must come again", "messageId", message.MessageId, "cause", err.Error())
			response.BatchItemFailures = append(response.BatchItemFailures, events.SQSBatchItemFailure{ItemIdentifier: message.MessageId})
		}
	}
	return response, nil
}

// take does the work of one message's run, once, and reports it. The report is made for every delivery, because an earlier
// one may have been lost; the service counts the first. A panic is the error of this message: it would end the process, and
// the other messages of the batch would come again with it until they are given up too.
func (w *worker) take(ctx context.Context, body string) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	r, err := readRun(body)
	if err != nil {
		return err
	}
	log := w.log.With("runId", r.RunID, "account", r.Account, "task", r.ID, "name", r.Name)
	until := deadline(ctx)
	if !time.Now().Add(reserve).Before(until) {
		return errors.New("no time is left in this invocation")
	}
	done, err := w.ledger.claim(ctx, r.RunID, until)
	if err != nil {
		return fmt.Errorf("claim run %s: %w", r.RunID, err)
	}
	if done == nil {
		res, err := w.try(ctx, r, until)
		if err != nil {
			return fmt.Errorf("work of run %s: %w", r.RunID, err)
		}
		if err := w.ledger.finish(ctx, r.RunID, until, res); err != nil {
			return fmt.Errorf("note the end of run %s: %w", r.RunID, err)
		}
		done = &res
	}
	if err := w.reporter.report(ctx, r, *done); err != nil {
		return fmt.Errorf("report run %s: %w", r.RunID, err)
	}
	log.InfoContext(ctx, "the run is reported", "outcome", done.outcome)
	return nil
}

// try does the work with all of the run's Parameters.
func (w *worker) try(ctx context.Context, r run, until time.Time) (result, error) {
	ctx, cancel := context.WithDeadline(ctx, until.Add(-reserve))
	defer cancel()
	if r.Parameters == nil {
		read, err := w.parameters.read(ctx, r)
		if err != nil {
			return result{}, fmt.Errorf("read the Parameters: %w", err)
		}
		r.Parameters = &read
	}
	return w.work(ctx, r)
}

// deadline is when Lambda ends this invocation.
func deadline(ctx context.Context) time.Time {
	if until, ok := ctx.Deadline(); ok {
		return until
	}
	return time.Now().Add(time.Minute)
}
