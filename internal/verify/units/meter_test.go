package units

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"accounttasks/internal/dynamo"
)

// attributes are an item in DynamoDB's JSON.
type attributes = map[string]map[string]any

// meter is the embedded engine. It counts the write units that DynamoDB would charge. It implements http.RoundTripper.
type meter struct {
	engine http.Handler
	// table and index are the units that were written to each.
	table, index int
}

// RoundTrip implements http.RoundTripper.
func (m *meter) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if !strings.HasSuffix(r.Header.Get("X-Amz-Target"), ".UpdateItem") {
		return m.serve(r, r.Header.Get("X-Amz-Target"), body).Result(), nil
	}
	before := m.item(r, body)
	answer := m.serve(r, r.Header.Get("X-Amz-Target"), body)
	after := m.item(r, body)
	m.table += max(1, units(before), units(after))
	m.index += indexUnits(row(before), row(after))
	return answer.Result(), nil
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
