package main

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

type item = map[string]types.AttributeValue

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

func number(n string) types.AttributeValue { return &types.AttributeValueMemberN{Value: n} }

var names = func() map[string]string {
	m := make(map[string]string)
	for _, attribute := range []string{"pk", "Definition", "Name", "DateModified", "LastModifiedBy", "Version", "Enabled",
		"W0", "W1", "W2", "W3", "F0", "F1", "F2", "F3", "D1", "D2", "D3", "Deleted", "DueAt", "DueShard", "LastEdit", "Edited", "On"} {
		m["#"+attribute] = attribute
	}
	return m
}()

// constantUpdate is the update that the service sends for the published sample. The expressions and values have the
// same length.
func constantUpdate(table string) *dynamodb.UpdateItemInput {
	return &dynamodb.UpdateItemInput{
		TableName: &table,
		Key: item{
			"pk": text("ACCOUNT#11111111-1111-4111-8111-111111111111"),
			"sk": text("TASK#a23b4ff9-5d7e-4603-b937-6e1f724316b9"),
		},
		UpdateExpression: aws.String("SET #Definition = :definition, #Name = :name, #LastModifiedBy = :user, " +
			"#W3 = if_not_exists(#W2, :none), #W2 = if_not_exists(#W1, :none), #W1 = if_not_exists(#W0, :none), #W0 = :token, " +
			"#F3 = if_not_exists(#F2, :none), #F2 = if_not_exists(#F1, :none), #F1 = if_not_exists(#F0, :none), #F0 = :print, " +
			"#D3 = if_not_exists(#D2, :none), #D2 = if_not_exists(#D1, :none), #D1 = if_not_exists(#DateModified, :none), " +
			"#DateModified = :modified, #Version = if_not_exists(#Version, :zero) + :one, #DueAt = :clock, #DueShard = :shard, " +
			"#LastEdit = :clock, #Edited = if_not_exists(#Edited, :clock), #Enabled = :enabled, #On = if_not_exists(#On, :clock)"),
		ConditionExpression: aws.String("attribute_exists(#pk) AND attribute_not_exists(#Deleted) AND #W0 <> :token AND " +
			"#W1 <> :token AND #W2 <> :token AND #W3 <> :token AND (attribute_not_exists(#DateModified) OR #DateModified < :modified)"),
		ExpressionAttributeNames: names,
		ExpressionAttributeValues: item{
			":definition": &types.AttributeValueMemberM{Value: item{
				"TaskID":       text("7798c127-7f74-40c6-9bd4-caf4be84ca89"),
				"Frequency":    text("NONE"),
				"Parameters":   text(`{"recipients":["demo.user"]}`),
				"ContentType":  text("application/json"),
				"Notification": text("NONE"),
				"StartDate":    text("2026-06-04T03:45:03.2545297+00:00"),
				"FinishDate":   text("2026-06-04T03:45:03.2545297+00:00"),
			}},
			":name":     text("Send scheduled report"),
			":modified": text("2026-06-04T03:45:04.2545297+00:00"),
			":clock":    text("2026-06-04T03:45:04.2545297+00:00"),
			":shard":    text("11"),
			":user":     text("demo.user"),
			":token":    text("dG9rZW5fX3Rva2VuX190bw"),
			":print":    text("cHJpbnRfX3ByaW50X19wcg"),
			":none":     text(""),
			":zero":     number("0"),
			":one":      number("1"),
			":enabled":  &types.AttributeValueMemberBOOL{Value: true},
		},
		ReturnValues:                        types.ReturnValueAllNew,
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	}
}

// readCatalogue makes the call with which the service warms up its connection.
func (t *table) readCatalogue(ctx context.Context) error {
	_, err := t.client.Query(ctx, &dynamodb.QueryInput{
		TableName:                 &t.name,
		KeyConditionExpression:    aws.String("#pk = :pk"),
		ExpressionAttributeNames:  map[string]string{"#pk": "pk"},
		ExpressionAttributeValues: item{":pk": text("CATALOG")},
	})
	if err != nil {
		return fmt.Errorf("read the catalogue: %w", err)
	}
	return nil
}
