package table

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
)

// transactWrite carries out a TransactWriteItems. Minidyn copies the whole table before each one, so an import of
// thousands of clients takes minutes. Here only the items that are written are kept, and put back when a write fails.
func (c call) transactWrite(body []byte) *answer {
	var request struct {
		TransactItems []map[string]json.RawMessage
	}
	if err := json.Unmarshal(body, &request); err != nil {
		return failure(err)
	}
	var writes []itemWrite
	for _, member := range request.TransactItems {
		w, a := c.readWrite(member)
		if a != nil {
			return a
		}
		if slices.ContainsFunc(writes, w.isSameItem) {
			return failure(errors.New("a transaction cannot include multiple operations on one item"))
		}
		writes = append(writes, w)
	}
	for i, w := range writes {
		if a := c.answer(w.operation, w.body); a.status != http.StatusOK {
			for _, begun := range writes[:i+1] {
				if a := c.putBack(begun); a.status != http.StatusOK {
					return a
				}
			}
			return cancelled(a, i, len(writes))
		}
	}
	return success(struct{}{})
}

// itemWrite is one write of a transaction: the operation that does the same alone, and the item as it was.
type itemWrite struct {
	operation string
	body      []byte
	table     string
	key, was  attributes
}

// readWrite reads one write of a transaction and the item that it is for.
func (c call) readWrite(member map[string]json.RawMessage) (w itemWrite, refusal *answer) {
	operations := map[string]string{"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem"}
	for name, body := range member {
		w.operation, w.body = operations[name], body
	}
	if len(member) != 1 || w.operation == "" {
		return w, failure(errors.New("the embedded table's transactions take items with one Put, Update or Delete"))
	}
	var read struct {
		TableName string
		Key, Item attributes
	}
	if err := json.Unmarshal(w.body, &read); err != nil {
		return w, failure(err)
	}
	w.table, w.key = read.TableName, read.Key
	if w.operation == "PutItem" {
		keys, a := c.tableKeys(w.table)
		if a != nil {
			return w, a
		}
		w.key = only(read.Item, keys)
	}
	var stored struct{ Item attributes }
	if a := c.askFor("GetItem", map[string]any{"TableName": w.table, "Key": w.key}, &stored); a.status != http.StatusOK {
		return w, a
	}
	w.was = stored.Item
	return w, nil
}

func (w itemWrite) isSameItem(other itemWrite) bool {
	if w.table != other.table || len(w.key) != len(other.key) {
		return false
	}
	for name, value := range w.key {
		if compareValues(value, other.key[name]) != 0 {
			return false
		}
	}
	return true
}

// putBack undoes a write, also one that was not carried out.
func (c call) putBack(w itemWrite) *answer {
	defer c.reindexItem(w.table, w.key)
	if len(w.was) == 0 {
		return c.askFor("DeleteItem", map[string]any{"TableName": w.table, "Key": w.key}, &struct{}{})
	}
	return c.askFor("PutItem", map[string]any{"TableName": w.table, "Item": w.was}, &struct{}{})
}

// cancelled is the answer to a transaction whose write number i of n failed with this answer.
func cancelled(failed *answer, i, n int) *answer {
	var told struct {
		Type    string `json:"__type"`
		Message string `json:"message"`
		Item    attributes
	}
	if err := json.Unmarshal(failed.body.Bytes(), &told); err != nil || told.Type != "ConditionalCheckFailedException" {
		return failed
	}
	type reason struct {
		Code    string
		Message string     `json:",omitempty"`
		Item    attributes `json:",omitempty"`
	}
	reasons := slices.Repeat([]reason{{Code: "None"}}, n)
	reasons[i] = reason{"ConditionalCheckFailed", told.Message, told.Item}
	a := success(map[string]any{
		"__type":              "TransactionCanceledException",
		"message":             "Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed]",
		"CancellationReasons": reasons,
	})
	a.status = http.StatusBadRequest
	return a
}
