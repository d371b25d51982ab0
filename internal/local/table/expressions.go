package table

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// expressions are the members of a request that use names and values.
type expressions struct {
	UpdateExpression, ConditionExpression, KeyConditionExpression, FilterExpression, ProjectionExpression string

	ExpressionAttributeNames  map[string]string
	ExpressionAttributeValues map[string]json.RawMessage
}

// placeholder is a name or a value in an expression.
var placeholder = regexp.MustCompile(`[#:][A-Za-z0-9_]+`)

// assignment is the beginning of an assignment in an update expression.
var assignment = regexp.MustCompile(`(#[A-Za-z0-9_]+) =`)

// check refuses what DynamoDB refuses and minidyn takes: a name or a value that no expression uses, one that the request does
// not have, and an attribute that is changed twice.
func (e expressions) check() error {
	used := placeholder.FindAllString(strings.Join([]string{
		e.UpdateExpression, e.ConditionExpression, e.KeyConditionExpression, e.FilterExpression, e.ProjectionExpression,
	}, " "), -1)
	for _, name := range used {
		_, isName := e.ExpressionAttributeNames[name]
		_, isValue := e.ExpressionAttributeValues[name]
		if !isName && !isValue {
			return fmt.Errorf("an expression uses %s, which is not defined", name)
		}
	}
	for name := range e.ExpressionAttributeNames {
		if !slices.Contains(used, name) {
			return fmt.Errorf("value provided in ExpressionAttributeNames unused in expressions: keys: {%s}", name)
		}
	}
	for name := range e.ExpressionAttributeValues {
		if !slices.Contains(used, name) {
			return fmt.Errorf("value provided in ExpressionAttributeValues unused in expressions: keys: {%s}", name)
		}
	}
	return e.checkTargets()
}

// checkTargets refuses an attribute that an update sets or removes twice.
func (e expressions) checkTargets() error {
	set, remove, _ := strings.Cut(e.UpdateExpression, "REMOVE ")
	targets := placeholder.FindAllString(remove, -1)
	for _, found := range assignment.FindAllStringSubmatch(set, -1) {
		targets = append(targets, found[1])
	}
	changed := map[string]bool{}
	for _, target := range targets {
		attribute := e.ExpressionAttributeNames[target]
		if changed[attribute] {
			return fmt.Errorf("invalid UpdateExpression: two document paths overlap with each other: %s", attribute)
		}
		changed[attribute] = true
	}
	return nil
}

// checkExpressions checks the expressions of a request, and those of each write of a transaction.
func checkExpressions(body []byte) error {
	var request struct {
		expressions
		TransactItems []map[string]expressions
	}
	if err := json.Unmarshal(body, &request); err != nil {
		return nil // minidyn says what is wrong
	}
	if err := request.check(); err != nil {
		return err
	}
	for _, write := range request.TransactItems {
		for _, e := range write {
			if err := e.check(); err != nil {
				return err
			}
		}
	}
	return nil
}
