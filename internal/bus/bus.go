package bus

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
	"github.com/aws/smithy-go"
	"github.com/google/uuid"

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
	return b.send(ctx, TaskDue, e.RunID, due(e))
}

// Notify implements run.Bus.
func (b *Bus) Notify(ctx context.Context, s run.Stored) error {
	return b.send(ctx, TaskNotification, s.ID, notification(s))
}

// send sends an event with the detail about a run.
func (b *Bus) send(ctx context.Context, detailType string, runID uuid.UUID, detail any) error {
	written, err := write(detail)
	if err == nil {
		err = b.put(ctx, detailType, written)
	}
	if err != nil {
		return fmt.Errorf("send the event %q of run %s: %w", detailType, runID, err)
	}
	return nil
}

// write writes a detail without escapes that only HTML needs: they would make Parameters in XML six times as long.
func write(detail any) (string, error) {
	var written bytes.Buffer
	encoder := json.NewEncoder(&written)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(detail)
	return strings.TrimSpace(written.String()), err
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
