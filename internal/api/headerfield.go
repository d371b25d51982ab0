package api

import (
	"net/http"
	"strings"

	"accounttasks/internal/task"
)

// headerField is a header field of a request, with its valid values.
type headerField struct{ task.Field }

// The header fields of the operations that change something, in the order in which an answer names them.
var (
	ifMatch        = headerField{task.NewField("If-Match", wantTags, task.AfterBody)}
	ifNoneMatch    = headerField{task.NewField("If-None-Match", wantTags, task.AfterBody+1)}
	idempotencyKey = headerField{task.NewField("Idempotency-Key", "1 to 255 visible ASCII characters without a comma", task.AfterBody+2)}
)

const wantTags = `* or up to 8 entity-tags such as "3-Zm9v"`

// addInvalid adds a problem that repeats the field's value in the request.
func (f headerField) addInvalid(header http.Header, problems *task.Problems) {
	name := f.String()
	problems.AddInvalid(f.Field, name, task.QuoteValue(strings.Join(header.Values(name), ", ")))
}
