package table

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// rows are those of a secondary index: the keys of the items that have all keys of the index, by partition and by primary
// key. Minidyn's own index loses items, and a scan in its place reads the whole table for each page.
type rows struct {
	byPartition map[string]map[string]attributes
	partitionOf map[string]string // by primary key
}

func newRows() *rows {
	return &rows{byPartition: map[string]map[string]attributes{}, partitionOf: map[string]string{}}
}

// put replaces the row of an item; one that lacks a key of the index has none.
func (r *rows) put(primary string, item attributes, i index, tableKeys []string) {
	if partition, found := r.partitionOf[primary]; found {
		delete(r.byPartition[partition], primary)
		delete(r.partitionOf, primary)
	}
	for _, key := range i.keys {
		if _, found := item[key]; !found {
			return
		}
	}
	partition := textOf(item[i.keys[0]])
	if r.byPartition[partition] == nil {
		r.byPartition[partition] = map[string]attributes{}
	}
	r.byPartition[partition][primary] = only(item, append(slices.Clone(tableKeys), i.keys...))
	r.partitionOf[primary] = partition
}

// textOf is the text or the number of a value.
func textOf(value json.RawMessage) string {
	var v struct{ S, N string }
	_ = json.Unmarshal(value, &v)
	return v.S + v.N
}

// keyCondition is the form of the conditions that the rows answer themselves.
var keyCondition = regexp.MustCompile(`^\s*(\S+)\s*=\s*(\S+)(?:\s+AND\s+(\S+)\s*(<=|<|=|>=|>)\s*(\S+))?\s*$`)

// find gives the rows that meet a condition on the keys; ok is false for a condition of another form.
func (r *rows) find(q query) (found []attributes, ok bool) {
	parts := keyCondition.FindStringSubmatch(q.KeyConditionExpression)
	if parts == nil || q.FilterExpression != "" || resolve(parts[1], q.ExpressionAttributeNames) != q.index.keys[0] {
		return nil, false
	}
	sort := resolve(parts[3], q.ExpressionAttributeNames)
	for _, row := range r.byPartition[textOf(q.ExpressionAttributeValues[parts[2]])] {
		if parts[3] == "" || holds(compareValues(row[sort], q.ExpressionAttributeValues[parts[5]]), parts[4]) {
			found = append(found, row)
		}
	}
	return found, true
}

// holds reports whether two values that compare so meet an operator.
func holds(order int, operator string) bool {
	switch operator {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	case ">=":
		return order >= 0
	}
	return order == 0
}

// reindex brings the rows up to date after an operation that has written.
func (c call) reindex(operation string, body []byte) {
	var request struct {
		TableName    string
		Key, Item    attributes
		RequestItems map[string][]struct {
			PutRequest, DeleteRequest struct{ Item, Key attributes }
		}
	}
	if !slices.Contains([]string{"UpdateItem", "PutItem", "DeleteItem", "BatchWriteItem"}, operation) || json.Unmarshal(body, &request) != nil {
		return
	}
	for table, writes := range request.RequestItems {
		for _, w := range writes {
			c.reindexItem(table, w.PutRequest.Item)
			c.reindexItem(table, w.DeleteRequest.Key)
		}
	}
	if operation == "UpdateItem" && !c.engine.mentionsIndex(request.TableName, body) {
		return
	}
	c.reindexItem(request.TableName, request.Key)
	c.reindexItem(request.TableName, request.Item)
}

// mentionsIndex reports whether a request names a key of an index.
func (e *Engine) mentionsIndex(table string, body []byte) bool {
	for _, i := range e.indexes[table] {
		if slices.ContainsFunc(i.keys, func(key string) bool { return bytes.Contains(body, []byte(key)) }) {
			return true
		}
	}
	return false
}

// reindexItem reads the item with this key, which may have other attributes too.
func (c call) reindexItem(table string, key attributes) {
	indexes := c.engine.indexes[table]
	if len(indexes) == 0 || len(key) == 0 {
		return
	}
	keys, refused := c.tableKeys(table)
	var stored struct{ Item attributes }
	if refused != nil || c.askFor("GetItem", map[string]any{"TableName": table, "Key": only(key, keys)}, &stored).status != http.StatusOK {
		return
	}
	var primary []string
	for _, name := range keys {
		primary = append(primary, textOf(key[name]))
	}
	for _, i := range indexes {
		i.rows.put(strings.Join(primary, "\x00"), stored.Item, i, keys)
	}
}
