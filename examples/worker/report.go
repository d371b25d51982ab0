package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
)

// messageLimit is the longest message that the service takes, in characters.
const messageLimit = 1000

// eventBridge reports on the service's event bus.
type eventBridge struct {
	client *eventbridge.Client
	bus    string
}

// report implements reporter with the event Account Task Finished.
func (b *eventBridge) report(ctx context.Context, r run, res result) error {
	detail, err := json.Marshal(map[string]any{
		"version": 1, "runId": r.RunID, "account": r.Account, "id": r.ID, "due": r.Due,
		"outcome": res.outcome, "message": plain(res.message),
	})
	if err != nil {
		return err
	}
	out, err := b.client.PutEvents(ctx, &eventbridge.PutEventsInput{Entries: []types.PutEventsRequestEntry{{
		EventBusName: &b.bus, Source: aws.String("accounttasks.worker"), DetailType: aws.String("Account Task Finished"),
		Detail: aws.String(string(detail)),
	}}})
	if err != nil {
		return err
	}
	// The request can succeed while its entry fails.
	if out.FailedEntryCount > 0 {
		return fmt.Errorf("EventBridge refused the report: %s", aws.ToString(out.Entries[0].ErrorCode))
	}
	return nil
}

// plain makes a message one that the service takes: it is cut short, and has no control characters and none of the two
// that XML cannot carry.
func plain(message string) string {
	message = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == '\uFFFE' || c == '\uFFFF' {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(message, "?"))
	if characters := []rune(message); len(characters) > messageLimit {
		message = string(characters[:messageLimit])
	}
	return message
}
