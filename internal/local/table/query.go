package table

import (
	"cmp"
	"encoding/json"
	"math/big"
	"net/http"
	"slices"
	"strings"
)

// pageLimit is where DynamoDB ends a page of a query, in bytes.
const pageLimit = 1 << 20

// index is what a query of a secondary index must know of it.
type index struct {
	sortKey  string
	keysOnly bool
	keys     []string // the partition's first
	rows     *rows
}

type attributes = map[string]json.RawMessage

// createTable creates a table and notes its indexes.
func (c call) createTable(body []byte) *answer {
	var request struct {
		TableName              string
		KeySchema              []struct{ AttributeName, KeyType string }
		GlobalSecondaryIndexes []struct {
			IndexName  string
			KeySchema  []struct{ AttributeName, KeyType string }
			Projection struct{ ProjectionType string }
		}
	}
	if err := json.Unmarshal(body, &request); err != nil {
		return failure(err)
	}
	a := c.ask("CreateTable", body)
	if a.status != http.StatusOK {
		return a
	}
	indexes := map[string]index{}
	for _, described := range request.GlobalSecondaryIndexes {
		i := index{keysOnly: described.Projection.ProjectionType == "KEYS_ONLY", rows: newRows()}
		for _, key := range described.KeySchema {
			if key.KeyType == "RANGE" {
				i.sortKey = key.AttributeName
				i.keys = append(i.keys, key.AttributeName)
			} else {
				i.keys = slices.Insert(i.keys, 0, key.AttributeName)
			}
		}
		indexes[described.IndexName] = i
	}
	c.engine.indexes[request.TableName] = indexes
	own := index{rows: newRows()}
	for _, key := range request.KeySchema {
		own.keys = append(own.keys, key.AttributeName)
	}
	own.sortKey = own.keys[len(own.keys)-1]
	c.engine.tables[request.TableName] = own
	return a
}

// query carries out a Query. Minidyn evaluates the conditions; pages, their first key and the order within an
// index are made here, because minidyn loses items of an index that is sparse, ends no page at its size, and
// finds nothing after a key that has been deleted. The rows of an index are kept here too.
func (c call) query(body []byte) *answer {
	var q query
	request := map[string]json.RawMessage{}
	if err := cmp.Or(json.Unmarshal(body, &q), json.Unmarshal(body, &request)); err != nil {
		return failure(err)
	}
	for _, name := range []string{"Limit", "ExclusiveStartKey", "ProjectionExpression", "ScanIndexForward", "ConsistentRead"} {
		delete(request, name)
	}
	if q.IndexName == "" {
		if a, ok := c.queryTable(q); ok {
			return a
		}
	}
	operation := "Query"
	if q.IndexName != "" {
		q.index = c.engine.indexes[q.TableName][q.IndexName]
		if q.index.keysOnly {
			if found, ok := q.index.rows.find(q); ok {
				return c.paged(q, found)
			}
		}
		// An item that lacks a key of the index does not meet the condition.
		condition := q.KeyConditionExpression
		if q.FilterExpression != "" {
			condition = "(" + condition + ") AND (" + q.FilterExpression + ")"
		}
		request["FilterExpression"], _ = json.Marshal(condition)
		delete(request, "KeyConditionExpression")
		delete(request, "IndexName")
		operation = "Scan"
	}
	q.keepNames(request)
	var found struct{ Items []attributes }
	if a := c.askFor(operation, request, &found); a.status != http.StatusOK {
		return a
	}
	return c.paged(q, found.Items)
}

// paged is the answer with a page of the items that were found.
func (c call) paged(q query, found []attributes) *answer {
	var a *answer
	if q.tableKeys, a = c.tableKeys(q.TableName); a != nil {
		return a
	}
	return success(q.page(found))
}

// tableKeys are the names of a table's key attributes.
func (c call) tableKeys(table string) (names []string, refusal *answer) {
	var described struct {
		Table struct {
			KeySchema []struct{ AttributeName, KeyType string }
		}
	}
	if a := c.askFor("DescribeTable", map[string]string{"TableName": table}, &described); a.status != http.StatusOK {
		return nil, a
	}
	for _, key := range described.Table.KeySchema {
		names = append(names, key.AttributeName)
	}
	return names, nil
}

// query is a request for one page.
type query struct {
	TableName, IndexName     string
	Limit                    int
	ExclusiveStartKey        attributes
	ScanIndexForward         *bool
	ProjectionExpression     string
	KeyConditionExpression   string
	FilterExpression         string
	ExpressionAttributeNames map[string]string

	ExpressionAttributeValues attributes

	index     index
	tableKeys []string
}

// keepNames leaves only the aliases that the remaining expressions use: others are refused.
func (q *query) keepNames(request map[string]json.RawMessage) {
	used := map[string]string{}
	for alias, name := range q.ExpressionAttributeNames {
		if strings.Contains(q.KeyConditionExpression+" "+q.FilterExpression, alias) {
			used[alias] = name
		}
	}
	delete(request, "ExpressionAttributeNames")
	if len(used) > 0 {
		request["ExpressionAttributeNames"], _ = json.Marshal(used)
	}
}

// page is the answer: the items after the start key, as many as the limits allow.
func (q *query) page(items []attributes) map[string]any {
	items = q.after(items)
	size, n := 0, 0
	for n < len(items) && size < pageLimit && (q.Limit == 0 || n < q.Limit) {
		size += sizeOf(items[n])
		n++
	}
	answer := map[string]any{"Count": n, "ScannedCount": n}
	if n > 0 && (n < len(items) || n == q.Limit) {
		answer["LastEvaluatedKey"] = only(items[n-1], append(slices.Clone(q.tableKeys), q.index.keys...))
	}
	shown := make([]attributes, n)
	for i, item := range items[:n] {
		shown[i] = q.project(item)
	}
	answer["Items"] = shown
	return answer
}

// after gives the items after the start key, in order.
func (q *query) after(items []attributes) []attributes {
	names := append([]string{q.index.sortKey}, q.tableKeys...)
	sorted := make([]sortable, len(items))
	for n, item := range items {
		sorted[n] = sortable{item, valuesOf(item, names)}
	}
	slices.SortStableFunc(sorted, func(a, b sortable) int { return q.compare(a.values, b.values) })
	if len(q.ExclusiveStartKey) > 0 {
		start := valuesOf(q.ExclusiveStartKey, names)
		sorted = slices.DeleteFunc(sorted, func(s sortable) bool { return q.compare(s.values, start) <= 0 })
	}
	items = make([]attributes, len(sorted))
	for n, s := range sorted {
		items[n] = s.item
	}
	return items
}

// sortable is an item with the values that order it, read once.
type sortable struct {
	item   attributes
	values []scalar
}

// scalar is a text or a number, as its text.
type scalar struct{ S, N string }

func scalarOf(value json.RawMessage) (s scalar) {
	_ = json.Unmarshal(value, &s)
	return s
}

func valuesOf(item attributes, names []string) []scalar {
	values := make([]scalar, len(names))
	for n, name := range names {
		values[n] = scalarOf(item[name])
	}
	return values
}

func (q *query) project(item attributes) attributes {
	if q.index.keysOnly {
		return only(item, append(slices.Clone(q.tableKeys), q.index.keys...))
	}
	if q.ProjectionExpression == "" {
		return item
	}
	var names []string
	for name := range strings.SplitSeq(q.ProjectionExpression, ",") {
		names = append(names, resolve(name, q.ExpressionAttributeNames))
	}
	return only(item, names)
}

// compare orders items as the query gives them: by the index's sort key, then by the table's keys.
func (q *query) compare(a, b []scalar) int {
	order := 0
	for n := 0; n < len(a) && order == 0; n++ {
		order = a[n].compare(b[n])
	}
	if q.ScanIndexForward != nil && !*q.ScanIndexForward {
		return -order
	}
	return order
}

func compareValues(a, b json.RawMessage) int { return scalarOf(a).compare(scalarOf(b)) }

func (x scalar) compare(y scalar) int {
	if x.N != "" && y.N != "" {
		left, _, _ := big.ParseFloat(x.N, 10, 128, big.ToNearestEven)
		right, _, _ := big.ParseFloat(y.N, 10, 128, big.ToNearestEven)
		return left.Cmp(right)
	}
	return strings.Compare(x.S, y.S)
}

func only(item attributes, names []string) attributes {
	kept := attributes{}
	for _, name := range names {
		if value, found := item[name]; found {
			kept[name] = value
		}
	}
	return kept
}

func sizeOf(item attributes) int {
	size := 0
	for name, value := range item {
		size += len(name) + len(value)
	}
	return size
}
