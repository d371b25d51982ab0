package main

import (
	"context"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	stacktypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	alarmtypes "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
)

func (d *deployed) ListStackResources(context.Context, *cloudformation.ListStackResourcesInput, ...func(*cloudformation.Options)) (*cloudformation.ListStackResourcesOutput, error) {
	var out cloudformation.ListStackResourcesOutput
	for _, r := range [][3]string{
		{"AWS::Lambda::Version", "TokenFunctionVersion1a2b", "arn:aws:lambda:eu-central-1:1:function:token:4"},
		{"AWS::Lambda::Alias", "TokenFunctionAliaslive", "arn:aws:lambda:eu-central-1:1:function:token:live"},
		{"AWS::Lambda::Version", "RunnerFunctionVersion1a2b", "arn:aws:lambda:eu-central-1:1:function:runner:3"},
		{"AWS::Lambda::Alias", "RunnerFunctionAliaslive", "arn:aws:lambda:eu-central-1:1:function:runner:live"},
		{"AWS::CloudWatch::Alarm", "LagAlarm", "lag"}, {"AWS::CloudWatch::Alarm", "NoTickAlarm", "no-tick"},
	} {
		out.StackResourceSummaries = append(out.StackResourceSummaries, stacktypes.StackResourceSummary{
			ResourceType: &r[0], LogicalResourceId: &r[1], PhysicalResourceId: &r[2]})
	}
	return &out, nil
}

func (d *deployed) GetAlias(_ context.Context, in *lambda.GetAliasInput, _ ...func(*lambda.Options)) (*lambda.GetAliasOutput, error) {
	out := &lambda.GetAliasOutput{FunctionVersion: aws.String("3")}
	if aws.ToString(in.FunctionName) == "runner" {
		out.RoutingConfig = &types.AliasRoutingConfiguration{AdditionalVersionWeights: map[string]float64{"4": 0.1}}
	}
	return out, nil
}

func (d *deployed) DescribeAlarms(_ context.Context, in *cloudwatch.DescribeAlarmsInput, _ ...func(*cloudwatch.Options)) (*cloudwatch.DescribeAlarmsOutput, error) {
	var out cloudwatch.DescribeAlarmsOutput
	for _, name := range in.AlarmNames {
		alarm := alarmtypes.MetricAlarm{AlarmName: &name, StateValue: alarmtypes.StateValueOk}
		if name == "lag" {
			alarm.StateValue, alarm.StateReason, alarm.StateUpdatedTimestamp = alarmtypes.StateValueAlarm, aws.String("3 datapoints"), aws.Time(morning)
		}
		out.MetricAlarms = append(out.MetricAlarms, alarm)
	}
	return &out, nil
}

func TestStatusShowsWhatAPersonAsksAtNight(t *testing.T) {
	d, o := deploy(t), newOld(t)
	o.write(clientsFile, clientLine("first", `"Secret":"secret of 2019"`), clientLine("second", `"Secret":"secret of 2019"`))
	o.write(tasksFile, oldTask(first, "DAILY", ""), oldTask(address, "HOURLY", ""), oldTask(report, "NONE", `,"Status":"DISABLED"`))
	d.mustRun(t, "import", o.from())
	d.mustGetToken(t, client.Credential{ClientID: "first", Secret: "secret of 2019"}, "42", "a.user")
	d.mustRun(t, "start-runs", []string{"AT=2026-06-04T03:00:00Z"})
	d.started(t, morning.Add(-2*time.Hour))
	d.started(t, morning.Add(-time.Minute))
	d.mustRun(t, "status", nil,
		"Runs are started: what is due from 2026-06-04T03:00:00Z on runs.",
		"STACK     UPDATE_COMPLETE, last changed 2026-06-04T03:45:03Z",
		"VERSIONS  RunnerFunction 3 (10 % of the calls: 4), TokenFunction 3 (the stack's is 4)",
		"ALARM     lag since 2026-06-04T03:45:03Z: 3 datapoints", "ALARMS    1 of 2 are on",
		"TASKS     3: active 2, pending 0, finished 0, disabled 1; deleted 0",
		"DUE       1 now; the oldest since 2026-06-04T03:08:09Z: task "+address+" of account 42; held 0; being started 0; to be planned 3",
		"RUNS      of the last hour 1: success 0, failed 0, not reported in time 0, running 1",
		"TOKENS    issued in the last hour 1; good now 1",
		"CLIENTS   2, 2 of them imported; 1 have not got a token in the last 30 days: second",
		"READ      ")
}

// started stores a run that has started at a time.
func (d *deployed) started(t *testing.T, at time.Time) {
	t.Helper()
	s := d.stored(t, first)
	s.LastRunOn = at
	s.Open = &run.Run{ID: s.ID, Due: at, Trigger: run.TriggerManual, User: "a.user"}
	if err := dynamo.NewTable(d.table, "tasks").Runs().PutRun(t.Context(), s, at.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
}

func TestStatusOfATableOutsideAStack(t *testing.T) {
	d := deploy(t)
	said, err := d.run(t, "status", "DYNAMODB_ENDPOINT="+d.endpoint, "TABLE_NAME=tasks", "STACK=")
	if err != nil {
		t.Fatal(err)
	}
	mustSay(t, said, "Runs are held: no start is set.", "STACK    none: versions and alarms are those of a deployed stack", "TASKS    0:")
	d.mustFail(t, "status", []string{"ALL=no"}, `ALL is "no"`)
}
