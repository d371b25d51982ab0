package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	localtable "accounttasks/internal/local/table"
)

// target is the table that a command works on.
type target struct {
	client *dynamodb.Client
	table  string
	// place says where the table is, in words for the operator.
	place string
	// stack is the stack's name; empty for a table outside a stack. stackStatus is its state, in words.
	stack, stackStatus string
	aws                account
}

// String is the first line that every command prints: which stack and table it touches.
func (t target) String() string { return fmt.Sprintf("%s, table %s", t.place, t.table) }

// account is the AWS account and region of the terminal.
type account struct {
	region  string
	stacks  stackReader
	tables  *dynamodb.Client
	aliases aliasReader
	alarms  cloudwatch.DescribeAlarmsAPIClient
}

// target finds the table: that of the stack STACK, or with DYNAMODB_ENDPOINT the table TABLE_NAME there. Where the
// variables name two tables, it takes neither.
func (a *admin) target(ctx context.Context) (target, error) {
	endpoint, name := a.env("DYNAMODB_ENDPOINT"), a.env("TABLE_NAME")
	switch {
	case endpoint != "" && a.env("CONFIG") != "":
		return target{}, fmt.Errorf("DYNAMODB_ENDPOINT and CONFIG=%s name two different tables: unset one of them", a.env("CONFIG"))
	case endpoint != "":
		return a.endpointTarget(ctx, endpoint, name)
	case name != "":
		return target{}, fmt.Errorf("TABLE_NAME=%s needs DYNAMODB_ENDPOINT beside it: unset TABLE_NAME to work on a stack's table", name)
	case a.env("STACK") == "" && a.env("CONFIG") != "":
		return target{}, fmt.Errorf("samconfig.toml has no stack_name for CONFIG=%s: correct CONFIG, or add its sections as OPERATIONS.md says", a.env("CONFIG"))
	case a.env("STACK") == "":
		return target{}, errors.New("STACK is not set: name the stack, or a table with DYNAMODB_ENDPOINT and TABLE_NAME")
	}
	return a.stackTarget(ctx, a.env("STACK"))
}

// endpointTarget keeps to the rules of the local stack: another machine only with ALLOW_REMOTE=1.
func (a *admin) endpointTarget(ctx context.Context, endpoint, name string) (target, error) {
	access, err := localtable.Remote{
		Endpoint: endpoint, TableName: name, AllowRemote: a.env("ALLOW_REMOTE") == "1", Environment: a.env,
	}.Access()
	if err != nil {
		return target{}, err
	}
	client, err := access.Client()
	if err != nil {
		return target{}, err
	}
	if _, err := client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &name}); err != nil {
		if errors.Is(err, syscall.ECONNREFUSED) {
			err = fmt.Errorf("nothing listens there: `make run` and `make table` start a table, and say where it is: %w", err)
		}
		return target{}, fmt.Errorf("look at table %s at %s: %w", name, endpoint, err)
	}
	return target{client: client, table: name, place: "DynamoDB at " + endpoint}, nil
}

func (a *admin) stackTarget(ctx context.Context, name string) (target, error) {
	reached, err := a.connect(ctx)
	if err != nil {
		return target{}, fmt.Errorf("stack %s: %w", name, err)
	}
	out, err := reached.stacks.DescribeStacks(ctx, &cloudformation.DescribeStacksInput{StackName: &name})
	if err != nil {
		return target{}, fmt.Errorf("look at stack %s in %s: %w", name, reached.region, err)
	}
	for _, stack := range out.Stacks {
		for _, output := range stack.Outputs {
			if aws.ToString(output.OutputKey) == "TableName" {
				return target{client: reached.tables, table: aws.ToString(output.OutputValue), aws: reached,
					place: fmt.Sprintf("Stack %s in %s", name, reached.region), stack: name, stackStatus: statusOf(stack)}, nil
			}
		}
	}
	return target{}, fmt.Errorf("stack %s in %s has no output TableName: it is not a stack of this project, or its deployment did not finish",
		name, reached.region)
}

// statusOf says the state of a stack, and since when.
func statusOf(stack types.Stack) string {
	changed := aws.ToTime(stack.LastUpdatedTime)
	if changed.IsZero() {
		changed = aws.ToTime(stack.CreationTime)
	}
	return fmt.Sprintf("%s, last changed %s", stack.StackStatus, moment(changed))
}

// connectAWS takes the credentials and the region of the terminal.
func connectAWS(ctx context.Context) (account, error) {
	loaded, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return account{}, fmt.Errorf("find the AWS credentials and region: %w", err)
	}
	if loaded.Region == "" {
		return account{}, errors.New("no AWS region is set: set AWS_REGION to the stack's")
	}
	return account{
		region: loaded.Region, stacks: cloudformation.NewFromConfig(loaded), tables: dynamodb.NewFromConfig(loaded),
		aliases: lambda.NewFromConfig(loaded), alarms: cloudwatch.NewFromConfig(loaded),
	}, nil
}
