package table

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// rows are those of an index, or of the table itself: the keys of the items that have all keys of the index, by partition
// and by primary key. Minidyn's own index loses items, and it reads the whole table for each query.
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
var keyCondition = regexp.MustCompile(`^\s*(\S+)\s*=\s*(\S+)(?:\s+AND\s+(\S+)\s+(<=|<|=|>=|>|BETWEEN)\s+(\S+)(?:\s+AND\s+(\S+))?)?\s*$`)

// find gives the rows that meet a condition on the keys; ok is false for a condition of another form.
func (r *rows) find(q query) (found []attributes, ok bool) {
	parts := keyCondition.FindStringSubmatch(q.KeyConditionExpression)
	if parts == nil || q.FilterExpression != "" || resolve(parts[1], q.ExpressionAttributeNames) != q.index.keys[0] {
		return nil, false
	}
	if (parts[4] == "BETWEEN") != (parts[6] != "") {
		return nil, false
	}
	sort := resolve(parts[3], q.ExpressionAttributeNames)
	for _, row := range r.byPartition[textOf(q.ExpressionAttributeValues[parts[2]])] {
		low, high := q.ExpressionAttributeValues[parts[5]], q.ExpressionAttributeValues[parts[6]]
		switch {
		case parts[4] == "BETWEEN" && compareValues(row[sort], low) >= 0 && compareValues(row[sort], high) <= 0:
		case parts[4] != "BETWEEN" && (parts[3] == "" || holds(compareValues(row[sort], low), parts[4])):
		default:
			continue
		}
		found = append(found, row)
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
		c.noteKey(request.TableName, request.Key)
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
	own, known := c.engine.tables[table]
	if !known || len(key) == 0 {
		return
	}
	var stored struct{ Item attributes }
	if c.askFor("GetItem", map[string]any{"TableName": table, "Key": only(key, own.keys)}, &stored).status != http.StatusOK {
		return
	}
	primary := own.primary(key)
	own.rows.put(primary, stored.Item, own, own.keys)
	for _, i := range c.engine.indexes[table] {
		i.rows.put(primary, stored.Item, i, own.keys)
	}
}

// noteKey notes that there is an item with this key, none of whose keys of an index has changed.
func (c call) noteKey(table string, key attributes) {
	if own, known := c.engine.tables[table]; known {
		own.rows.put(own.primary(key), key, own, own.keys)
	}
}

// primary is the primary key as text.
func (i index) primary(item attributes) string {
	var parts []string
	for _, name := range i.keys {
		parts = append(parts, textOf(item[name]))
	}
	return strings.Join(parts, "\x00")
}

// queryTable gives a page of a table's own items. ok is false for a condition that the rows do not answer.
func (c call) queryTable(q query) (a *answer, ok bool) {
	own, known := c.engine.tables[q.TableName]
	if !known {
		return nil, false
	}
	q.index, q.tableKeys = own, own.keys
	found, ok := own.rows.find(q)
	if !ok {
		return nil, false
	}
	q.index = index{}
	items := q.after(found)
	if q.Limit > 0 && len(items) > q.Limit+1 {
		items = items[:q.Limit+1] // one more, to tell that there is one
	}
	size := 0
	for n, key := range items {
		if size >= pageLimit {
			items = items[:n+1]
			break
		}
		var stored struct{ Item attributes }
		if a := c.askFor("GetItem", map[string]any{"TableName": q.TableName, "Key": key}, &stored); a.status != http.StatusOK {
			return a, true
		}
		items[n] = stored.Item
		size += sizeOf(stored.Item)
	}
	return success(q.page(items)), true
}
