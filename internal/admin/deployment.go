package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cloudformationtypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
)

// stackReader reads the resources of a stack.
type stackReader interface {
	cloudformation.DescribeStacksAPIClient
	cloudformation.ListStackResourcesAPIClient
}

// aliasReader reads aliases of functions.
type aliasReader interface {
	GetAlias(context.Context, *lambda.GetAliasInput, ...func(*lambda.Options)) (*lambda.GetAliasOutput, error)
}

// deployment shows the stack, the versions of its functions and its alarms. What cannot be read is in the error.
func (a *admin) deployment(ctx context.Context, t target, lines io.Writer) error {
	if t.stack == "" {
		show(lines, "STACK", "none: versions and alarms are those of a deployed stack")
		return nil
	}
	resources, err := t.resources(ctx)
	if err != nil {
		return fmt.Errorf("look at the resources of stack %s: %w", t.stack, err)
	}
	show(lines, "STACK", "%s", t.stackStatus)
	return errors.Join(t.versions(ctx, resources, lines), t.alarms(ctx, resources, lines))
}

func (t target) resources(ctx context.Context) (all []cloudformationtypes.StackResourceSummary, err error) {
	pages := cloudformation.NewListStackResourcesPaginator(t.aws.stacks, &cloudformation.ListStackResourcesInput{StackName: &t.stack})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, page.StackResourceSummaries...)
	}
	return all, nil
}

// versions shows the version that each live alias names. It differs from the stack's after a rollback by hand.
func (t target) versions(ctx context.Context, resources []cloudformationtypes.StackResourceSummary, lines io.Writer) error {
	deployed := map[string]string{} // by function name
	for _, r := range resources {
		if aws.ToString(r.ResourceType) == "AWS::Lambda::Version" {
			function, version := splitARN(aws.ToString(r.PhysicalResourceId))
			deployed[function] = version
		}
	}
	var said []string
	var errs []error
	for _, r := range resources {
		if aws.ToString(r.ResourceType) != "AWS::Lambda::Alias" {
			continue
		}
		function, name := splitARN(aws.ToString(r.PhysicalResourceId))
		alias, err := t.aws.aliases.GetAlias(ctx, &lambda.GetAliasInput{FunctionName: &function, Name: &name})
		if err != nil {
			errs = append(errs, fmt.Errorf("look at the alias %s of %s: %w", name, function, err))
			continue
		}
		said = append(said, strings.TrimSuffix(aws.ToString(r.LogicalResourceId), "Alias"+name)+" "+versionOf(alias, deployed[function]))
	}
	slices.Sort(said)
	show(lines, "VERSIONS", "%s", strings.Join(said, ", "))
	return errors.Join(errs...)
}

func versionOf(alias *lambda.GetAliasOutput, deployed string) string {
	said := aws.ToString(alias.FunctionVersion)
	if alias.RoutingConfig != nil {
		for version, weight := range alias.RoutingConfig.AdditionalVersionWeights {
			said += fmt.Sprintf(" (%.0f %% of the calls: %s)", weight*100, version)
		}
	}
	if deployed != "" && deployed != aws.ToString(alias.FunctionVersion) {
		said += fmt.Sprintf(" (the stack's is %s)", deployed)
	}
	return said
}

// splitARN splits the last part of the ARN of a version or an alias from the name of its function.
func splitARN(arn string) (function, qualifier string) {
	parts := strings.Split(arn, ":")
	if len(parts) < 2 {
		return arn, ""
	}
	return parts[len(parts)-2], parts[len(parts)-1]
}

// alarms shows those that are on.
func (t target) alarms(ctx context.Context, resources []cloudformationtypes.StackResourceSummary, lines io.Writer) error {
	var names []string
	for _, r := range resources {
		if aws.ToString(r.ResourceType) == "AWS::CloudWatch::Alarm" {
			names = append(names, aws.ToString(r.PhysicalResourceId))
		}
	}
	on := 0
	for chunk := range slices.Chunk(names, 100) {
		out, err := t.aws.alarms.DescribeAlarms(ctx, &cloudwatch.DescribeAlarmsInput{AlarmNames: chunk, MaxRecords: aws.Int32(100)})
		if err != nil {
			return fmt.Errorf("look at the alarms: %w", err)
		}
		for _, alarm := range out.MetricAlarms {
			if alarm.StateValue == types.StateValueAlarm {
				on++
				show(lines, "ALARM", "%s since %s: %s", aws.ToString(alarm.AlarmName), moment(aws.ToTime(alarm.StateUpdatedTimestamp)), aws.ToString(alarm.StateReason))
			}
		}
	}
	show(lines, "ALARMS", "%d of %d are on", on, len(names))
	return nil
}
