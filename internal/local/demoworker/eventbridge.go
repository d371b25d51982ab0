package demoworker

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
)

// Source is the source of the worker's reports. A worker may have any name there.
const Source = "demonstration-worker"

// EventBridge is a Bus that is reached through the API of Amazon EventBridge.
type EventBridge struct {
	client *eventbridge.Client
	name   string
}

// NewEventBridge makes the bus with this name at an endpoint on this machine.
func NewEventBridge(endpoint, region, name string) *EventBridge {
	config := aws.Config{Region: region, Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: "local", SecretAccessKey: "local"}, nil
	})}
	return &EventBridge{name: name, client: eventbridge.NewFromConfig(config, func(o *eventbridge.Options) { o.BaseEndpoint = &endpoint })}
}

// Put implements Bus.
func (b *EventBridge) Put(ctx context.Context, report Report) error {
	detail, err := json.Marshal(report)
	if err != nil {
		return err
	}
	out, err := b.client.PutEvents(ctx, &eventbridge.PutEventsInput{Entries: []types.PutEventsRequestEntry{{
		EventBusName: &b.name, Source: aws.String(Source), DetailType: aws.String("Account Task Finished"), Detail: aws.String(string(detail)),
	}}})
	if err != nil {
		return err
	}
	if out.FailedEntryCount > 0 {
		return fmt.Errorf("the bus refused it: %s", aws.ToString(out.Entries[0].ErrorCode))
	}
	return nil
}
