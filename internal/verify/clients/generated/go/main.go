// Command roundtrip does a full round with the client that oapi-codegen generates.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"time"

	"roundtrip/tasks"
)

func main() {
	origin, key := os.Args[1], os.Args[2]
	ctx := context.Background()
	anonymous, err := tasks.NewClientWithResponses(origin)
	check(err)
	token, err := anonymous.IssueTokenWithFormdataBodyWithResponse(ctx, tasks.TokenRequest{
		GrantType: tasks.ClientCredentials, ClientId: new("demo"), ClientSecret: new("demo-secret"),
	})
	check(err)
	api, err := tasks.NewClientWithResponses(origin, tasks.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+token.JSON200.AccessToken)
		return nil
	}))
	check(err)

	start, finish := time.Date(2026, 7, 1, 9, 30, 0, 0, time.UTC), time.Date(2027, 1, 2, 3, 4, 5, 0, time.UTC)
	request := tasks.AccountTaskRequest{
		TaskID: sendReport, Frequency: tasks.FrequencyWEEKLY, Parameters: "{}", ContentType: tasks.Applicationjson,
		Notification: new(tasks.NotificationONFAILURE),
	}
	registered, err := api.RegisterAccountTaskWithResponse(ctx, &tasks.RegisterAccountTaskParams{IdempotencyKey: &key}, request)
	check(err)
	id := registered.JSON200.ResponseData.Detail.ID
	fmt.Println("registered", id)

	read, err := api.ReadAccountTaskWithResponse(ctx, id)
	check(err)
	tag := read.HTTPResponse.Header.Get("ETag")
	fmt.Println("read", show(read.JSON200.ResponseData.Detail))

	update := tasks.AccountTaskUpdateRequest{
		Enabled: new(false), TaskID: sendReport, Frequency: tasks.FrequencyDAILY, StartDate: &start, FinishDate: &finish,
		Parameters: "[]", ContentType: tasks.Applicationjson,
	}
	updated, err := api.UpdateAccountTaskWithResponse(ctx, id, &tasks.UpdateAccountTaskParams{IfMatch: &tag}, update)
	check(err)
	fmt.Println("updated", show(updated.JSON200.ResponseData.Detail))

	listed, err := api.ListAccountTasksWithResponse(ctx, &tasks.ListAccountTasksParams{Count: new(100)})
	check(err)
	for _, task := range *listed.JSON200.ResponseData.Detail {
		if task.ID == id {
			fmt.Println("listed", show(&task))
		}
	}

	stale, err := api.UpdateAccountTaskWithResponse(ctx, id, &tasks.UpdateAccountTaskParams{IfMatch: &tag}, update)
	check(err)
	fmt.Println("stale", stale.StatusCode(), stale.JSON412.Error.ErrorCode, show(stale.JSON412.ResponseData.Detail))

	repeated, err := api.RegisterAccountTaskWithResponse(ctx, &tasks.RegisterAccountTaskParams{IdempotencyKey: &key}, request)
	check(err)
	fmt.Println("repeated", repeated.JSON200.ResponseData.Detail.ID, repeated.HTTPResponse.Header.Get("Idempotency-Replayed"))

	update.TaskID, update.Parameters, update.FinishDate = [16]byte{}, "{", new(start.Add(-time.Hour))
	refused, err := api.UpdateAccountTaskWithResponse(ctx, id, &tasks.UpdateAccountTaskParams{}, update)
	check(err)
	fmt.Println("refused", refused.StatusCode(), refused.JSON400.Error.ErrorCode, refused.JSON400.Error.ErrorReason)
}

// sendReport is an entry of the demo catalogue.
var sendReport = [16]byte{0x77, 0x98, 0xc1, 0x27, 0x7f, 0x74, 0x40, 0xc6, 0x9b, 0xd4, 0xca, 0xf4, 0xbe, 0x84, 0xca, 0x89}

// show gives what the round looks at in a task: its id, flag, frequency, dates and notification.
func show(t *tasks.AccountTaskResponse) string {
	finish := "none"
	if t.FinishDate != nil {
		finish = t.FinishDate.UTC().Format(time.DateTime)
	}
	return fmt.Sprint(t.ID, " ", t.Enabled, " ", t.Frequency, " ", t.StartDate.UTC().Format(time.DateTime), " ", finish, " ", t.Notification)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
