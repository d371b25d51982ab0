package bus

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
	"github.com/aws/smithy-go"

	"accounttasks/internal/run"
)

// Source is the source of the events that the service sends.
const Source = "accounttasks"

// The names of the events (contract section 9). The service sends all but TaskFinished, which workers send.
const (
	TaskDue          = "Account Task Due"
	TaskFinished     = "Account Task Finished"
	TaskNotification = "Account Task Notification"
)

// Version is the version of every event's detail. Within a version members are only added.
const Version = 1

// puts is how often an event is put that EventBridge refuses for the time being, besides the SDK's attempts of a
// request.
const puts = 3

// Bus is an event bus. It implements run.Bus and is safe for concurrent use.
type Bus struct {
	client *eventbridge.Client
	name   string
}

// New makes the bus with this name, or ARN. The environment names an endpoint other than AWS's own in
// AWS_ENDPOINT_URL_EVENTBRIDGE.
func New(config aws.Config, env func(string) string, name string) *Bus {
	return &Bus{name: name, client: eventbridge.NewFromConfig(config, func(o *eventbridge.Options) {
		if endpoint := env("AWS_ENDPOINT_URL_EVENTBRIDGE"); endpoint != "" {
			o.BaseEndpoint = &endpoint
		}
	})}
}

// Due implements run.Bus.
func (b *Bus) Due(ctx context.Context, e run.Event) error {
	detail, err := due(e)
	if err != nil {
		return fmt.Errorf("write the event of run %s: %w", e.RunID, err)
	}
	if err := b.put(ctx, TaskDue, detail); err != nil {
		return fmt.Errorf("send the event of run %s: %w", e.RunID, err)
	}
	return nil
}

// Notify implements run.Bus.
func (b *Bus) Notify(ctx context.Context, s run.Stored) error {
	detail, err := notification(s)
	if err != nil {
		return fmt.Errorf("write the notification of run %s: %w", s.ID, err)
	}
	if err := b.put(ctx, TaskNotification, detail); err != nil {
		return fmt.Errorf("send the notification of run %s: %w", s.ID, err)
	}
	return nil
}

// put puts one event. If EventBridge refuses the event or the request, the error names no more than its code: its message
// may repeat the event.
func (b *Bus) put(ctx context.Context, detailType, detail string) (err error) {
	for range puts {
		out, failed := b.client.PutEvents(ctx, &eventbridge.PutEventsInput{Entries: []types.PutEventsRequestEntry{{
			EventBusName: &b.name, Source: aws.String(Source), DetailType: &detailType, Detail: &detail,
		}}})
		var refusal smithy.APIError
		switch {
		case errors.As(failed, &refusal):
			return refused(refusal.ErrorCode())
		case failed != nil:
			return failed
		case out.FailedEntryCount == 0:
			return nil
		}
		err = refused(aws.ToString(out.Entries[0].ErrorCode))
	}
	return err
}

func refused(code string) error { return fmt.Errorf("EventBridge refused it: %s", code) }
