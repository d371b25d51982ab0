package samtemplate

import (
	"fmt"
	"slices"
	"strings"

	"accounttasks/internal/local/eventbus"
)

// addBuses reads the event buses and the rules that are resources.
func (t *Template) addBuses(resources selection) error {
	for _, bus := range resources.buses {
		name, err := bus.properties.text("Name")
		if err != nil {
			return err
		}
		if name == "" {
			return fmt.Errorf("%s.Name is missing", bus.properties.path)
		}
		t.Buses = append(t.Buses, name)
	}
	for _, rule := range resources.rules {
		if err := t.addRuleResource(rule); err != nil {
			return err
		}
	}
	for _, rule := range t.Rules {
		if rule.Bus != eventbus.DefaultBus && !slices.Contains(t.Buses, rule.Bus) {
			return fmt.Errorf("rule %s: the template has no event bus %s", rule.Name, rule.Bus)
		}
	}
	return nil
}

// addRuleResource reads a resource of type AWS::Events::Rule.
func (t *Template) addRuleResource(declared resource) error {
	properties := declared.properties
	if err := properties.only("EventPattern", "EventBusName", "State", "Targets",
		// Without local effect:
		"Description", "Name", "RoleArn", "Tags"); err != nil {
		return err
	}
	targets, err := properties.list("Targets")
	if err != nil {
		return err
	}
	rule := eventbus.Rule{Name: declared.name}
	for _, target := range targets {
		function, err := t.readRuleTarget(target)
		if err != nil {
			return err
		}
		if function != "" {
			rule.Functions = append(rule.Functions, function)
		}
	}
	return t.addRule(rule, properties, "EventPattern")
}

// readRuleTarget returns the function that a rule's target names by its ARN. It is empty for a topic of SNS, which has no
// subscribers here.
func (t *Template) readRuleTarget(target block) (string, error) {
	arn, err := target.text("Arn")
	if err != nil || isTopic(arn) {
		return "", err
	}
	if err := target.only("Arn",
		// Without local effect:
		"DeadLetterConfig", "Id", "RetryPolicy"); err != nil {
		return "", err
	}
	_, name, _ := strings.Cut(arn, ":function:")
	if !slices.ContainsFunc(t.Functions, func(f Function) bool { return f.Name == name }) {
		return "", fmt.Errorf("%s.Arn is %q, not a function of the template", target.path, arn)
	}
	return name, nil
}

func isTopic(arn string) bool {
	parts := strings.Split(arn, ":")
	return len(parts) > 2 && parts[0] == "arn" && parts[2] == "sns"
}
