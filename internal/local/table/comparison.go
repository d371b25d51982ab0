package table

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
)

// comparison finds where a condition compares an attribute with a value.
var comparison = regexp.MustCompile(`(#?\w+)\s*(<>|<=?|>=?|=)\s*(:\w+)`)

// valueNames finds the names of values in an expression. An unused one is refused.
var valueNames = regexp.MustCompile(`:\w+`)

// mismatch matches minidyn's error for values that it cannot compare.
var mismatch = regexp.MustCompile("operand is not a|type mismatch")

// askAcrossTypes makes minidyn process a conditional write, again without comparisons of values of different types where
// the condition has any. To DynamoDB such values differ and are in no order; minidyn refuses the whole request.
func (c call) askAcrossTypes(operation string, body []byte) *answer {
	a := c.ask(operation, body)
	if a.status != http.StatusBadRequest || !mismatch.Match(a.body.Bytes()) {
		return a
	}
	request := map[string]json.RawMessage{}
	var read struct {
		TableName                 string
		Key                       json.RawMessage
		ConditionExpression       string
		UpdateExpression          string
		ExpressionAttributeNames  map[string]string
		ExpressionAttributeValues map[string]attributes
	}
	for _, into := range []any{&request, &read} {
		if err := json.Unmarshal(body, into); err != nil {
			return failure(err)
		}
	}
	var stored struct{ Item map[string]attributes }
	if a := c.askFor("GetItem", map[string]any{"TableName": read.TableName, "Key": read.Key}, &stored); a.status != http.StatusOK {
		return a
	}
	condition := comparison.ReplaceAllStringFunc(read.ConditionExpression, func(found string) string {
		parts := comparison.FindStringSubmatch(found)
		left, right := stored.Item[resolve(parts[1], read.ExpressionAttributeNames)], read.ExpressionAttributeValues[parts[3]]
		if len(left) == 0 || typeOf(left) == typeOf(right) {
			return found
		}
		if parts[2] == "<>" {
			return "attribute_exists(" + parts[1] + ")" // which is true
		}
		return "attribute_not_exists(" + parts[1] + ")"
	})
	used := valueNames.FindAllString(condition+" "+read.UpdateExpression, -1)
	maps.DeleteFunc(read.ExpressionAttributeValues, func(name string, _ attributes) bool { return !slices.Contains(used, name) })
	request["ConditionExpression"], _ = json.Marshal(condition)
	request["ExpressionAttributeValues"], _ = json.Marshal(read.ExpressionAttributeValues)
	changed, err := json.Marshal(request)
	if err != nil {
		return failure(err)
	}
	return c.ask(operation, changed)
}

// typeOf is the name of a value's type: S, N and so on.
func typeOf(value attributes) string {
	for name := range value {
		return name
	}
	return ""
}
