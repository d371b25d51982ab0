package samtemplate_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/local/apigateway"
	"accounttasks/internal/local/samtemplate"
)

var local = samtemplate.Substitutes{
	TableName: "local-table", Region: "eu-central-1", AccountID: "123456789012",
}

// complete uses every construct that the local stack honours.
const complete = `
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Names: {Type: CommaDelimitedList, Default: "one, two"}
  Stage: {Type: String, Default: dev}
Mappings:
  Sizes: {dev: {Memory: 256}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !And [!Not [!Condition IsProd], !Or [!Condition IsProd, !Equals [dev, !Ref Stage]]]
Globals:
  Function:
    Timeout: 9
    MemorySize: 128
    Environment:
      Variables: {FROM_GLOBALS: kept, TABLE_NAME: replaced}
Resources:
  Table: {Type: AWS::DynamoDB::Table}
  Logs: {Type: AWS::Logs::LogGroup}
  OnlyInProd: {Type: AWS::ApiGatewayV2::Route, Condition: IsProd}
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: $default
      Tags: {Stage: !Ref Stage}
      DefinitionBody:
        openapi: 3.0.1
        info: {title: !Ref AWS::StackName}
        paths: {"/tasks/{id}": {put: {parameters: [{name: id, in: path}]}}}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Handler: bootstrap
      MemorySize: !FindInMap [Sizes, !Ref Stage, Memory]
      Policies: [{Statement: [{Resource: !GetAtt Anything.Else}]}]
      LoggingConfig: {LogFormat: JSON, LogGroup: !Ref Logs}
      Environment:
        Variables:
          TABLE_NAME: !Ref Table
          ARN: !GetAtt Table.Arn
          LONG_ARN: {"Fn::GetAtt": [Function, Arn]}
          SUBSTITUTED: !Sub "${AWS::Region}/${Table}/${Table.Arn}/${!Literal}"
          SUBSTITUTED_LOCALS: !Sub ["${a}-${Stage}", {a: !Ref AWS::AccountId}]
          JOINED: !Join ["+", [a, !Ref Stage]]
          CHOSEN: !If [IsProd, prod, !If [IsDev, 7, never]]
          ABSENT: !If [IsDev, !Ref AWS::NoValue, there]
          JOINED_LIST: !Join ["/", !Ref Names]
          SPLIT: !Join ["/", !Split [",", "one, two"]]
      Events:
        Other: {Type: HttpApi, Properties: {ApiId: !Ref Api}}
        Update:
          Type: HttpApi
          Properties:
            ApiId: !Ref Api
            Path: /tasks/{id}
            Method: put
            PayloadFormatVersion: "2.0"
            TimeoutInMillis: 5000
        Open: {Type: HttpApi, Properties: {Path: /open, Method: ANY}}
`

func TestACompleteTemplate(t *testing.T) {
	got, err := samtemplate.Read([]byte(complete), local)
	if err != nil {
		t.Fatal(err)
	}
	want := samtemplate.Template{
		Functions: []samtemplate.Function{{
			Name: "Function", Handler: "bootstrap", Timeout: 9 * time.Second, MemoryMB: 256, Retries: 2,
			Environment: map[string]string{
				"FROM_GLOBALS": "kept", "TABLE_NAME": "local-table",
				"ARN":                   "arn:aws:dynamodb:eu-central-1:123456789012:table/local-table",
				"LONG_ARN":              "arn:aws:lambda:eu-central-1:123456789012:function:Function",
				"SUBSTITUTED":           "eu-central-1/local-table/arn:aws:dynamodb:eu-central-1:123456789012:table/local-table/${Literal}",
				"SUBSTITUTED_LOCALS":    "123456789012-dev",
				"JOINED":                "a+dev",
				"CHOSEN":                "7",
				"JOINED_LIST":           "one/two",
				"SPLIT":                 "one/ two",
				"AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "INFO",
			},
		}},
		Routes: []apigateway.Route{
			{Function: "Function", Method: "ANY", Path: "/open"},
			{Function: "Function", Path: "$default"},
			{Function: "Function", Method: "PUT", Path: "/tasks/{id}", Timeout: 5 * time.Second},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestASmallTemplateHasLambdasDefaults(t *testing.T) {
	got, err := samtemplate.Read([]byte(`{"Resources": {"F": {"Type": "AWS::Serverless::Function",
		"Properties": {"Events": {"All": {"Type": "HttpApi"}}}}}}`), local)
	if err != nil {
		t.Fatal(err)
	}
	want := samtemplate.Template{
		Functions: []samtemplate.Function{{
			Name: "F", Timeout: 3 * time.Second, MemoryMB: 128, Retries: 2,
			Environment: map[string]string{"AWS_LAMBDA_LOG_FORMAT": "Text"},
		}},
		Routes: []apigateway.Route{{Function: "F", Path: "$default"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestEveryFunctionHasItsOwnSettingsAndRoutes(t *testing.T) {
	got, err := samtemplate.Read([]byte(`
Conditions: {Never: !Equals [a, b]}
Globals: {Function: {Timeout: 9}}
Resources:
  Second: {Type: AWS::Serverless::Function, Properties: {Events: {All: {Type: HttpApi}}}}
  First:
    Type: AWS::Serverless::Function
    Properties: {MemorySize: 1769, Events: {Token: {Type: HttpApi, Properties: {Path: "/{name}", Method: POST}}}}
  Third: {Type: AWS::Serverless::Function, Properties: {Timeout: 5}}
  Absent: {Type: AWS::Serverless::Function, Condition: Never}
`), local)
	if err != nil {
		t.Fatal(err)
	}
	logging := map[string]string{"AWS_LAMBDA_LOG_FORMAT": "Text"}
	want := samtemplate.Template{
		Functions: []samtemplate.Function{
			{Name: "First", Timeout: 9 * time.Second, MemoryMB: 1769, Retries: 2, Environment: logging},
			{Name: "Second", Timeout: 9 * time.Second, MemoryMB: 128, Retries: 2, Environment: logging},
			{Name: "Third", Timeout: 5 * time.Second, MemoryMB: 128, Retries: 2, Environment: logging},
		},
		Routes: []apigateway.Route{
			{Function: "First", Method: "POST", Path: "/{name}"},
			{Function: "Second", Path: "$default"},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestWhatCannotBeHonouredIsNamed(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"another event", "Type: HttpApi, Properties: {Path: /open", "Type: Schedule, Properties: {Path: /open", `Events.Open: an event of type "Schedule"`},
		{"an unknown member of an event", "TimeoutInMillis: 5000", "Cors: true", "Events.Update.Properties.Cors"},
		{"the older event", `PayloadFormatVersion: "2.0"`, `PayloadFormatVersion: "1.0"`, "version 2.0"},
		{"another API", "ApiId: !Ref Api\n            Path", "ApiId: !Ref Table\n            Path", "ApiId must be !Ref Api"},
		{"a path without a method", "Method: put", "RouteSettings: {}", "Path and Method"},
		{"CORS", "StageName: $default", "CorsConfiguration: true", "Resources.Api.Properties.CorsConfiguration"},
		{"a named stage", "StageName: $default", "StageName: prod", "StageName"},
		{"an integration in a definition", "put: {parameters", "put: {x-amazon-apigateway-integration", "paths./tasks/{id}.put.x-amazon-apigateway-integration"},
		{"an operation without a function", "{put: {parameters", "{post: {parameters", "POST /tasks/{id}, which is not an event"},
		{"an authorizer", "StageName: $default", "Auth: {DefaultAuthorizer: OAuth}", "Resources.Api.Properties.Auth"},
		{"IAM's authorizer", "StageName: $default", "Auth: {EnableIamAuthorizer: true}", "Resources.Api.Properties.Auth.EnableIamAuthorizer"},
		{"an authorizer of a route", "TimeoutInMillis: 5000", "Auth: {}", "Events.Update.Properties.Auth"},
		{"two keys of one name", "StageName: $default", "Tags: {}", `"Tags"`},
		{"an authorizer in a definition", "info: {", "components: {", "DefinitionBody.components"},
		{"a layer", "Handler: bootstrap", "Layers: [x]", "Properties.Layers"},
		{"a route outside the function", "Condition: IsProd", "Condition: IsDev", "AWS::ApiGatewayV2::Route"},
		{"a second API", "{Type: AWS::Logs::LogGroup}", "{Type: AWS::Serverless::HttpApi}", "one API, not Api, Logs"},
		{"no function", "Type: AWS::Serverless::Function", "Type: AWS::SNS::Topic", "no resource of type AWS::Serverless::Function"},
		{"an intrinsic function", "!Join [", "!Base64 [", "Fn::Base64"},
		{"a reference to nothing", "TABLE_NAME: !Ref Table", "TABLE_NAME: !Ref Tabel", "Tabel"},
		{"a reference without a local value", "TABLE_NAME: !Ref Table", "TABLE_NAME: !Ref Logs", "AWS::Logs::LogGroup"},
		{"a parameter without a value", "Stage: {Type: String, Default: dev}", "Stage: {Type: String}", "no default"},
		{"a condition in a circle", "IsProd: !Equals [!Ref Stage, prod]", "IsProd: !Not [!Condition IsProd]", "refers to itself"},
		{"a timeout out of range", "Timeout: 9", "Timeout: 901", "from 1 to 900"},
		{"a timeout with a unit", "Timeout: 9", "Timeout: 10abc", `"10abc", not a number from 1 to 900`},
		{"an unknown property of a function", "Timeout: 9", "Timeuot: 9", "Properties.Timeuot"},
		{"an unknown section", "Mappings:", "Mapings:", "template.Mapings"},
		{"globals of other resources", "Globals:", "Globals:\n  Api: {}", "template.Globals.Api"},
		{"a section that is a list", "Sizes: {dev: {Memory: 256}}", "- Sizes", "Mappings is not a mapping"},
		{"a join of a text", "[a, !Ref Stage]]", "text]", "!Join: text is not a list"},
		{"a join of lists", "[a, !Ref Stage]]", "[[a]]]", "!Join: [a] is not a text"},
		{"a split by a list", `!Join ["+", [a, !Ref Stage]]`, "!Split [[a], b]", "!Split: the separator [a] is not a text"},
		{"a split of a list", `!Join ["+", [a, !Ref Stage]]`, "!Split [a, [b]]", "!Split: [b] is not a text"},
		{"a condition of one part", "!And [!Not [!Condition IsProd], ", "!And [", "1 conditions, not 2 to 10"},
		{"two conditions in place of one", "!Not [!Condition IsProd]", "!Not [!Condition IsProd, !Condition IsProd]", "2 conditions, not 1 to 1"},
		{"a condition that is not a name", "Condition: IsProd}", "Condition: [IsProd]}", "OnlyInProd: its condition"},
		{"a resource without a type", "Table: {Type: AWS::DynamoDB::Table}", "Table: {}", "resource Table has no type"},
		{"a parameter of another service", "Stage: {Type: String", "Stage: {Type: 'AWS::SSM::Parameter::Value<String>'", "value in Systems Manager"},
		{"a dynamic reference", "FROM_GLOBALS: kept", "FROM_GLOBALS: '{{resolve:ssm:/name}}'", "{{resolve:ssm:/name}}"},
		{"an unknown member of the environment", "      Environment:\n        Variables:", "      Environment:\n        Varaibles:", "Environment.Varaibles"},
		{"an unknown member of the logging", "LoggingConfig: {LogFormat", "LoggingConfig: {LogFromat", "LoggingConfig.LogFromat"},
		{"an unknown log level", "LogFormat: JSON", "LogFormat: JSON, ApplicationLogLevel: warn", `"warn", not one of TRACE`},
		{"a log level of plain text", "LogFormat: JSON", "ApplicationLogLevel: WARN", "needs the LogFormat JSON"},
		{"an unknown member of a resource", "Table: {Type: AWS::DynamoDB::Table}", "Table: {Type: AWS::DynamoDB::Table, Propertes: {}}", "Resources.Table.Propertes"},
		{"a resource without globals", "Logs: {Type: AWS::Logs::LogGroup}", "Logs: {Type: AWS::Logs::LogGroup, IgnoreGlobals: '*'}", "Resources.Logs.IgnoreGlobals"},
		{"a second document", "Resources:", "---\nResources:", "after the first document"},
		{"an alias", "StageName: $default", "Tags: *tags", "tags"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { mustRefuse(t, complete, test.from, test.to, test.want) })
	}
}

func TestNoTemplate(t *testing.T) {
	for _, text := range []string{"", "# a comment", "[]", "a: {"} {
		if _, err := samtemplate.Read([]byte(text), local); err == nil {
			t.Errorf("%q was read", text)
		}
	}
	path := t.TempDir() + "/template.yaml"
	if _, err := samtemplate.ReadFile(path, local); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v, want an error that names %s", err, path)
	}
}

// mustRefuse reads a template in which one text is replaced. The error must have the text want.
func mustRefuse(t *testing.T, template, from, to, want string) {
	t.Helper()
	text := strings.Replace(template, from, to, 1)
	if text == template {
		t.Fatalf("the template has no %q", from)
	}
	_, err := samtemplate.Read([]byte(text), local)
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got error %v, want one with %q", err, want)
	}
}
