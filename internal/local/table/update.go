package table

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
)

// removeClause finds the attributes that an update expression removes, up to the next clause.
var removeClause = regexp.MustCompile(`(?is)\bREMOVE\s+(.*?)(?:\bSET\b|\bADD\b|\bDELETE\b|$)`)

// update processes an UpdateItem. Minidyn ignores REMOVE, so the attributes are removed afterwards by putting the item
// without them.
func (c call) update(body []byte) *answer {
	var request struct {
		TableName                string
		Key                      json.RawMessage
		UpdateExpression         string
		ExpressionAttributeNames map[string]string
		ReturnValues             string
	}
	if err := json.Unmarshal(body, &request); err != nil {
		return failure(err)
	}
	updated := c.askAcrossTypes("UpdateItem", body)
	found := removeClause.FindStringSubmatch(request.UpdateExpression)
	if found == nil || updated.status != http.StatusOK {
		return updated
	}
	var stored struct{ Item map[string]json.RawMessage }
	if a := c.askFor("GetItem", map[string]any{"TableName": request.TableName, "Key": request.Key}, &stored); a.status != http.StatusOK {
		return a
	}
	for name := range strings.SplitSeq(found[1], ",") {
		delete(stored.Item, resolve(name, request.ExpressionAttributeNames))
	}
	put := map[string]any{"TableName": request.TableName, "Item": stored.Item}
	if a := c.askFor("PutItem", put, &struct{}{}); a.status != http.StatusOK {
		return a
	}
	if request.ReturnValues == "ALL_NEW" {
		return success(map[string]any{"Attributes": stored.Item})
	}
	return updated
}

// resolve is the attribute that an expression names, directly or by an alias.
func resolve(name string, aliases map[string]string) string {
	name = strings.TrimSpace(name)
	if attribute, aliased := aliases[name]; aliased {
		return attribute
	}
	return name
}
