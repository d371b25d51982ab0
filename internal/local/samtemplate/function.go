package samtemplate

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// readFunction reads the settings that the function itself can notice.
func readFunction(declared resource) (Function, error) {
	properties := declared.properties
	if err := properties.only("Environment", "EventInvokeConfig", "Events", "Handler", "LoggingConfig", "MemorySize", "Timeout",
		// Without local effect:
		"Architectures", "AutoPublishAlias", "AutoPublishAliasAllProperties", "CodeUri", "DeploymentPreference", "Description",
		"PermissionsBoundary", "Policies", "ReservedConcurrentExecutions", "Role", "Runtime", "Tags", "Tracing"); err != nil {
		return Function{}, err
	}
	f := Function{Name: declared.name}
	var err error
	if f.Handler, err = properties.text("Handler"); err != nil {
		return Function{}, err
	}
	seconds, err := properties.number("Timeout", 1, 900, 3)
	if err != nil {
		return Function{}, err
	}
	f.Timeout = time.Duration(seconds) * time.Second
	if f.MemoryMB, err = properties.number("MemorySize", 128, 10240, 128); err != nil {
		return Function{}, err
	}
	if f.Retries, err = readRetries(properties); err != nil {
		return Function{}, err
	}
	f.Environment, err = readEnvironment(properties)
	return f, err
}

// readRetries returns how often Lambda tries an asynchronous invocation again.
func readRetries(function block) (int, error) {
	invocation, err := function.child("EventInvokeConfig")
	if err != nil {
		return 0, err
	}
	if err := invocation.only("MaximumRetryAttempts",
		// Without local effect:
		"DestinationConfig", "MaximumEventAgeInSeconds"); err != nil {
		return 0, err
	}
	return invocation.number("MaximumRetryAttempts", 0, 2, 2)
}

// readEnvironment returns the declared variables beside those that Lambda sets
// for the logging configuration.
func readEnvironment(function block) (map[string]string, error) {
	variables, err := loggingVariables(function)
	if err != nil {
		return nil, err
	}
	environment, err := function.child("Environment")
	if err != nil {
		return nil, err
	}
	if err := environment.only("Variables"); err != nil {
		return nil, err
	}
	declared, err := environment.child("Variables")
	if err != nil {
		return nil, err
	}
	if declared, err = declared.resolved(); err != nil {
		return nil, err
	}
	for _, name := range declared.names() {
		if variables[name], err = declared.text(name); err != nil {
			return nil, err
		}
	}
	return variables, nil
}

// logLevels are the values of ApplicationLogLevel.
var logLevels = []string{"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"}

// loggingVariables follows Lambda: a level exists with the JSON format only.
func loggingVariables(function block) (map[string]string, error) {
	logging, err := function.child("LoggingConfig")
	if err != nil {
		return nil, err
	}
	if err := logging.only("ApplicationLogLevel", "LogFormat",
		// Without local effect:
		"LogGroup", "SystemLogLevel"); err != nil {
		return nil, err
	}
	format, err := logging.text("LogFormat")
	if err != nil {
		return nil, err
	}
	level, err := logging.text("ApplicationLogLevel")
	switch {
	case err != nil:
		return nil, err
	case level != "" && !slices.Contains(logLevels, level):
		return nil, fmt.Errorf("%s.ApplicationLogLevel is %q, not one of %s", logging.path, level, strings.Join(logLevels, ", "))
	case level != "" && !strings.EqualFold(format, "JSON"):
		return nil, fmt.Errorf("%s.ApplicationLogLevel needs the LogFormat JSON", logging.path)
	case format == "" || strings.EqualFold(format, "Text"):
		return map[string]string{"AWS_LAMBDA_LOG_FORMAT": "Text"}, nil
	case !strings.EqualFold(format, "JSON"):
		return nil, fmt.Errorf("%s.LogFormat is %q, neither Text nor JSON", logging.path, format)
	case level == "":
		level = "INFO"
	}
	return map[string]string{"AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": level}, nil
}
