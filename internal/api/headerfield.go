package api

import (
	"net/http"
	"strings"

	"accounttasks/internal/task"
)

// headerField is a header field of a request that can be wrong.
type headerField struct {
	name string
	want string     // what is right for it, so that "send" and want are a sentence
	as   task.Field // its place among the problems of a request
}

// The header fields of the operations that change something.
var (
	ifMatch        = headerField{"If-Match", `* or up to 8 entity-tags such as "3-Zm9v"`, task.FieldIfMatch}
	ifNoneMatch    = headerField{"If-None-Match", `* or up to 8 entity-tags such as "3-Zm9v"`, task.FieldIfMatch}
	idempotencyKey = headerField{"Idempotency-Key", "1 to 255 visible ASCII characters without a comma", task.FieldIdempotencyKey}
)

// refuse adds a problem that repeats what the request has in the field.
func (f headerField) refuse(header http.Header, problems *task.Problems) {
	sent := task.QuoteValue(strings.Join(header.Values(f.name), ", "))
	*problems = append(*problems, task.Problem{Field: f.as, Code: task.CodeInvalidRequest,
		Sentence: f.name + " cannot be " + sent + ": send " + f.want + "."})
}
