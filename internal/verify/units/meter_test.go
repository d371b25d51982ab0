package units

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"

	"accounttasks/internal/dynamo"
)

// attributes are an item in DynamoDB's JSON.
type attributes = map[string]map[string]any

// meter is the embedded engine. It counts the units that DynamoDB would charge. It implements http.RoundTripper.
type meter struct {
	engine http.Handler
	// table and index are the units that were written to each.
	table, index int
	// requests are the reads of the table, apart from its index, and reads are their units.
	requests int
	reads    float64
}

// RoundTrip implements http.RoundTripper.
func (m *meter) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	target := r.Header.Get("X-Amz-Target")
	_, operation, _ := strings.Cut(target, ".")
	if operation != "UpdateItem" {
		answer := m.serve(r, target, body)
		if operation == "GetItem" || operation == "Query" {
			m.countRead(body, answer.Body.Bytes())
		}
		return answer.Result(), nil
	}
	before := m.item(r, body)
	answer := m.serve(r, target, body)
	after := m.item(r, body)
	m.table += max(1, units(before), units(after))
	m.index += indexUnits(row(before), row(after))
	return answer.Result(), nil
}

// countRead counts a GetItem or a Query of the table: a unit for each 4 KB of all that is found, rounded up, and half of it
// if the read need not be consistent. A projection would not lower it.
func (m *meter) countRead(request, answer []byte) {
	var asked struct {
		IndexName      string
		ConsistentRead bool
	}
	var found struct {
		Item  attributes
		Items []attributes
	}
	if err := errors.Join(json.Unmarshal(request, &asked), json.Unmarshal(answer, &found)); err != nil {
		panic(err)
	}
	if asked.IndexName != "" {
		return
	}
	bytes := size(found.Item)
	for _, item := range found.Items {
		bytes += size(item)
	}
	cost := max(1, math.Ceil(float64(bytes)/4096))
	if !asked.ConsistentRead {
		cost /= 2
	}
	m.requests, m.reads = m.requests+1, m.reads+cost
}

func (m *meter) serve(r *http.Request, target string, body []byte) *httptest.ResponseRecorder {
	asked := r.Clone(r.Context())
	asked.Header.Set("X-Amz-Target", target)
	asked.Body = io.NopCloser(bytes.NewReader(body))
	recorder := httptest.NewRecorder()
	m.engine.ServeHTTP(recorder, asked)
	return recorder
}

// item reads the item that an update concerns.
func (m *meter) item(r *http.Request, update []byte) attributes {
	var about struct {
		TableName string
		Key       json.RawMessage
	}
	var found struct{ Item attributes }
	if err := json.Unmarshal(update, &about); err != nil {
		panic(err)
	}
	body, _ := json.Marshal(about)
	if err := json.Unmarshal(m.serve(r, "DynamoDB_20120810.GetItem", body).Body.Bytes(), &found); err != nil {
		panic(err)
	}
	return found.Item
}

// units is the size of an item in kilobytes, rounded up.
func units(item attributes) int { return (size(item) + 1023) / 1024 }

// size is the size of an item by DynamoDB's rules: names and values, with a little more for maps and numbers.
func size(item attributes) (bytes int) {
	for name, value := range item {
		bytes += len(name)
		for kind, content := range value {
			switch kind {
			case "S":
				bytes += len(content.(string))
			case "M":
				inner, _ := json.Marshal(content)
				var members attributes
				_ = json.Unmarshal(inner, &members)
				bytes += 3 + size(members) + len(members)
			case "N":
				bytes += len(content.(string))/2 + 2
			default:
				bytes++
			}
		}
	}
	return bytes
}

// row is the item's row in the index of due tasks; it is empty if there is none.
func row(item attributes) string {
	shard, at := item[dynamo.DueShard]["S"], item[dynamo.DueAt]["S"]
	if shard == nil || at == nil {
		return ""
	}
	return shard.(string) + " " + at.(string)
}

// indexUnits is the cost of a change of a row, which is much smaller than a kilobyte. A new key deletes one row and
// adds one.
func indexUnits(before, after string) int {
	switch {
	case before == after:
		return 0
	case before == "" || after == "":
		return 1
	}
	return 2
}
