package samtemplate_test

import (
	"reflect"
	"testing"
	"time"

	"accounttasks/internal/local/eventbus"
	"accounttasks/internal/local/samtemplate"
	"accounttasks/internal/local/schedule"
)

// eventful uses every way to invoke a function without a caller who waits.
const eventful = `
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: !Sub "${AWS::StackName}-tasks"}}
  Runner:
    Type: AWS::Serverless::Function
    Properties:
      AutoPublishAlias: live
      EventInvokeConfig: {MaximumRetryAttempts: 0, DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Queue.Arn}}}
      Environment: {Variables: {BUS: !Ref Bus, BUS_NAME: !GetAtt Bus.Name, BUS_ARN: !GetAtt Bus.Arn}}
      Events:
        Tick:
          Type: ScheduleV2
          Properties:
            ScheduleExpression: rate(1 minute)
            Input: '{"time":"<aws.scheduler.scheduled-time>"}'
            DeadLetterConfig: {Arn: !GetAtt Queue.Arn}
        Report:
          Type: EventBridgeRule
          Properties:
            EventBusName: !Ref Bus
            Pattern: {source: [accounttasks], detail-type: [Account Task Finished]}
        Off: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 hour), Input: "{}", State: DISABLED}}
        AlsoOff: {Type: EventBridgeRule, Properties: {Pattern: {source: [a]}, State: DISABLED}}
  Worker: {Type: AWS::Serverless::Function, Properties: {}}
  Due:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !GetAtt Bus.Arn
      EventPattern: {detail: {outcome: [FAILED]}}
      State: ENABLED
      Targets:
        - {Id: worker, Arn: !GetAtt Worker.Arn, DeadLetterConfig: {Arn: !GetAtt Queue.Arn}}
        - {Id: runner, Arn: !Ref Runner.Alias}
        - {Id: topic, Arn: "arn:aws:sns:eu-central-1:123456789012:runs", InputPath: $.detail}
  OnDefaultBus:
    Type: AWS::Events::Rule
    Properties: {EventPattern: {source: [a]}, Targets: [{Id: worker, Arn: !GetAtt Worker.Arn}]}
`

func pattern(t *testing.T, members map[string]any) eventbus.Pattern {
	t.Helper()
	p, err := eventbus.NewPattern(members)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSchedulesRulesAndBuses(t *testing.T) {
	got, err := samtemplate.Read([]byte(eventful), local)
	if err != nil {
		t.Fatal(err)
	}
	wantSchedules := []schedule.Schedule{
		{Name: "RunnerTick", Function: "Runner", Every: time.Minute, Input: `{"time":"<aws.scheduler.scheduled-time>"}`},
	}
	if !reflect.DeepEqual(got.Schedules, wantSchedules) {
		t.Errorf("the schedules are %+v, want %+v", got.Schedules, wantSchedules)
	}
	a := pattern(t, map[string]any{"source": []any{"a"}})
	wantRules := []eventbus.Rule{
		{Name: "RunnerReport", Bus: "local-tasks", Functions: []string{"Runner"}, Pattern: pattern(t, map[string]any{
			"source": []any{"accounttasks"}, "detail-type": []any{"Account Task Finished"}})},
		{Name: "Due", Bus: "local-tasks", Functions: []string{"Worker", "Runner"}, Pattern: pattern(t, map[string]any{
			"detail": map[string]any{"outcome": []any{"FAILED"}}})},
		{Name: "OnDefaultBus", Bus: "default", Functions: []string{"Worker"}, Pattern: a},
	}
	if !reflect.DeepEqual(got.Rules, wantRules) {
		t.Errorf("the rules are %+v, want %+v", got.Rules, wantRules)
	}
	if !reflect.DeepEqual(got.Buses, []string{"local-tasks"}) {
		t.Errorf("the buses are %q", got.Buses)
	}
	runner := got.Functions[0]
	if runner.Retries != 0 || got.Functions[1].Retries != 2 {
		t.Errorf("the functions are %+v, want 0 and 2 retries", got.Functions)
	}
	const arn = "arn:aws:events:eu-central-1:123456789012:event-bus/local-tasks"
	if e := runner.Environment; e["BUS"] != "local-tasks" || e["BUS_NAME"] != "local-tasks" || e["BUS_ARN"] != arn {
		t.Errorf("the bus's name and ARN are %v", e)
	}
}

func TestEventsThatAreNotSupportedAreNamed(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"a cron expression", "rate(1 minute)", "cron(0 0 * * ? *)", "Runner.Properties.Events.Tick.Properties.ScheduleExpression"},
		{"a date of start", "ScheduleExpression: rate(1 minute)", "StartDate: x", "Tick.Properties.StartDate"},
		{"a schedule without input", "Input: '{\"time\"", "Description: '{\"time\"", "Tick.Properties.Input is missing"},
		{"an attribute of the scheduler", "scheduled-time", "execution-id", "Tick.Properties.Input: of the context attributes"},
		{"a state", "State: DISABLED", "State: disabled", `"disabled", neither ENABLED nor DISABLED`},
		{"a filter", "source: [accounttasks]", "source: [{prefix: a}]", "Report.Properties.Pattern: the pattern.source: the filter"},
		{"an input of a rule", "EventBusName: !Ref Bus", "InputPath: $", "Report.Properties.InputPath"},
		{"an unknown bus", "EventBusName: !Ref Bus", "EventBusName: other", "rule RunnerReport: the template has no event bus other"},
		{"a target that is not a function", "!GetAtt Worker.Arn, Dead", "arn:aws:sqs:eu-central-1:123456789012:q, Dead", "Resources.Due.Properties.Targets.0.Arn"},
		{"an input of a target", "Id: worker, Arn: !GetAtt Worker.Arn, Dead", "Id: worker, Input: x, Dead", "Targets.0.Input"},
		{"a scheduled rule", "State: ENABLED", "ScheduleExpression: rate(1 minute)", "Due.Properties.ScheduleExpression"},
		{"targets that are not a list", "Targets: [{Id: worker, Arn: !GetAtt Worker.Arn}]", "Targets: {}", "OnDefaultBus.Properties.Targets is not a list"},
		{"a bus without a name", "Properties: {Name: !Sub", "Properties: {Description: !Sub", "Resources.Bus.Properties.Name is missing"},
		{"another scheduler", "AWS::SQS::Queue", "AWS::Scheduler::Schedule", "AWS::Scheduler::Schedule is not supported"},
		{"more retries than Lambda makes", "MaximumRetryAttempts: 0", "MaximumRetryAttempts: 3", "from 0 to 2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { mustRefuse(t, eventful, test.from, test.to, test.want) })
	}
}
