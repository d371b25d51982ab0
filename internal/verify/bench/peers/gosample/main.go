// Command gosample is a peer of the benchmark: one PutItem behind API Gateway, in the manner of AWS's sample for Go. It has the
// SDK's default configuration and a plain handler, and reaches the table with the first event. It has none of the
// service's rules, other formats, tokens or conditions.
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"strconv"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

func main() {
	loaded, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	h := handler{dynamodb.NewFromConfig(loaded), os.Getenv("TABLE_NAME")}
	lambda.Start(h.put)
}

// body is the body of a request and of its answer.
type body struct {
	Enabled                                                bool
	TaskID, StartDate, FinishDate, Parameters, ContentType string
	Frequency, Notification                                int
}

type handler struct {
	client *dynamodb.Client
	table  string
}

func (h handler) put(ctx context.Context, request events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	id, found := request.PathParameters["id"]
	if !found {
		return answer(http.StatusBadRequest, "the path has no id"), nil
	}
	var task body
	if err := json.Unmarshal([]byte(request.Body), &task); err != nil {
		return answer(http.StatusBadRequest, err.Error()), nil
	}
	if _, err := h.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &h.table, Item: task.item(id)}); err != nil {
		return answer(http.StatusInternalServerError, err.Error()), nil
	}
	written, err := json.Marshal(task)
	if err != nil {
		return answer(http.StatusInternalServerError, err.Error()), nil
	}
	return answer(http.StatusOK, string(written)), nil
}

func (b body) item(id string) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{
		"pk":           text("ACCOUNT#11111111-1111-4111-8111-111111111111"),
		"sk":           text("TASK#" + id),
		"Enabled":      &types.AttributeValueMemberBOOL{Value: b.Enabled},
		"TaskID":       text(b.TaskID),
		"Frequency":    number(b.Frequency),
		"StartDate":    text(b.StartDate),
		"FinishDate":   text(b.FinishDate),
		"Parameters":   text(b.Parameters),
		"ContentType":  text(b.ContentType),
		"Notification": number(b.Notification),
	}
}

func text(value string) types.AttributeValue { return &types.AttributeValueMemberS{Value: value} }

func number(value int) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.Itoa(value)}
}

func answer(status int, body string) events.APIGatewayV2HTTPResponse {
	return events.APIGatewayV2HTTPResponse{
		StatusCode: status, Headers: map[string]string{"Content-Type": "application/json"}, Body: body,
	}
}
