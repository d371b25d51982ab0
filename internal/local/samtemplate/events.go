package samtemplate

import (
	"fmt"
	"strings"

	"accounttasks/internal/local/eventbus"
	"accounttasks/internal/local/schedule"
)

// addEvents reads the events of a function.
func (t *Template) addEvents(function resource, apiName string) error {
	declared, err := function.properties.child("Events")
	if err != nil {
		return err
	}
	for _, name := range declared.names() {
		event, err := declared.child(name)
		if err != nil {
			return err
		}
		if err := t.addEvent(function.name, name, event, apiName); err != nil {
			return err
		}
	}
	return nil
}

func (t *Template) addEvent(function, name string, event block, apiName string) error {
	if err := event.only("Type", "Properties"); err != nil {
		return err
	}
	kind, err := event.text("Type")
	if err != nil {
		return err
	}
	properties, err := event.child("Properties")
	if err != nil {
		return err
	}
	switch kind {
	case "HttpApi":
		route, err := readRoute(properties, apiName)
		route.Function = function
		t.Routes = append(t.Routes, route)
		return err
	case "ScheduleV2":
		return t.addSchedule(schedule.Schedule{Name: function + name, Function: function}, properties)
	case "EventBridgeRule":
		rule := eventbus.Rule{Name: function + name, Functions: []string{function}}
		if err := properties.only("Pattern", "EventBusName", "State",
			// Without local effect:
			"DeadLetterConfig", "RetryPolicy", "RuleName", "Target"); err != nil {
			return err
		}
		return t.addRule(rule, properties, "Pattern")
	default:
		return fmt.Errorf("%s: an event of type %q is not supported by the local stack", event.path, kind)
	}
}

// addSchedule reads an event of type ScheduleV2.
func (t *Template) addSchedule(s schedule.Schedule, properties block) error {
	err := properties.only("ScheduleExpression", "Input", "State",
		// Without local effect:
		"DeadLetterConfig", "Description", "FlexibleTimeWindow", "GroupName", "KmsKeyArn", "Name", "OmitName",
		"PermissionsBoundary", "RetryPolicy", "RoleArn", "ScheduleExpressionTimezone")
	if err != nil {
		return err
	}
	expression, err := properties.text("ScheduleExpression")
	if err != nil {
		return err
	}
	if s.Every, err = schedule.ParseRate(expression); err != nil {
		return fmt.Errorf("%s.ScheduleExpression: %w", properties.path, err)
	}
	if s.Input, err = properties.text("Input"); err != nil {
		return err
	}
	if s.Input == "" {
		return fmt.Errorf("%s.Input is missing: the local stack needs it", properties.path)
	}
	if err := schedule.CheckInput(s.Input); err != nil {
		return fmt.Errorf("%s.Input: %w", properties.path, err)
	}
	enabled, err := readState(properties)
	if enabled {
		t.Schedules = append(t.Schedules, s)
	}
	return err
}

// addRule completes a rule with the pattern, which has this name, and the bus.
func (t *Template) addRule(rule eventbus.Rule, properties block, pattern string) error {
	declared, err := properties.child(pattern)
	if err != nil {
		return err
	}
	if declared, err = declared.resolved(); err != nil {
		return err
	}
	if rule.Pattern, err = eventbus.NewPattern(declared.members); err != nil {
		return fmt.Errorf("%s: %w", declared.path, err)
	}
	bus, err := properties.text("EventBusName")
	if err != nil {
		return err
	}
	if rule.Bus = bus[strings.LastIndexByte(bus, '/')+1:]; bus == "" {
		rule.Bus = eventbus.DefaultBus
	}
	enabled, err := readState(properties)
	if enabled {
		t.Rules = append(t.Rules, rule)
	}
	return err
}

// readState reports whether a schedule or a rule is enabled.
func readState(properties block) (enabled bool, err error) {
	state, err := properties.text("State")
	if err != nil {
		return false, err
	}
	switch state {
	case "", "ENABLED":
		return true, nil
	case "DISABLED":
		return false, nil
	default:
		return false, fmt.Errorf("%s.State is %q, neither ENABLED nor DISABLED", properties.path, state)
	}
}
