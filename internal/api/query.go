package api

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// arguments are the values of the query parameters, with the defaults of those that are left out.
type arguments struct {
	count        int
	after        uuid.UUID
	afterRun     run.Position
	id           uuid.UUID
	idSent       bool
	summary      bool
	validateOnly bool
}

// parameter is a parameter of the query. read stores its value; ok is false for a bad one.
type parameter struct {
	task.Field
	read func(value string, into *arguments) (ok bool)
}

// The parameters of the operations, in the order in which an answer names them. They come before all other problems of
// a request, that of the path's id included.
var (
	count = parameter{task.NewField("count", "a whole number from 1 to 100, or leave it out for 20", task.BeforeBody-4),
		func(value string, into *arguments) (ok bool) { into.count, ok = parseCount(value); return ok }}
	after = parameter{task.NewField("after", "the GUID of the last task that you have seen, or leave it out to begin with the first", task.BeforeBody-3),
		func(value string, into *arguments) (ok bool) { into.after, ok = wire.ParseGUID(value); return ok }}
	summary = parameter{task.NewField("summary", wantFlag, task.BeforeBody-2),
		func(value string, into *arguments) (ok bool) { into.summary, ok = parseFlag(value); return ok }}
	validateOnly = parameter{task.NewField("validateOnly", wantFlag, task.BeforeBody-1),
		func(value string, into *arguments) (ok bool) { into.validateOnly, ok = parseFlag(value); return ok }}
)

// notHere is validateOnly on an operation that does not support it. The request is refused, because the caller relies
// on changing nothing (contract section 5.27).
var notHere = task.NewField(validateOnly.String(), "it with a registration or an update only", task.BeforeBody-1)

const wantFlag = "true or false, or leave it out for false"

// readQuery reads the parameters that the operation takes and adds a problem for each bad one. Other parameters are
// ignored.
func readQuery(next handler) handler {
	return func(c *call) answer {
		sent := queryOf(c.URL.RawQuery)
		c.arguments = arguments{count: task.DefaultCount}
		takesValidateOnly := false
		for _, p := range c.route.query {
			takesValidateOnly = takesValidateOnly || p.Field == validateOnly.Field
			if q, found := sent[strings.ToLower(p.String())]; found && !p.read(q.value, &c.arguments) {
				c.problems.AddInvalid(p.Field, q.name, q.inWords())
			}
		}
		if q, found := sent[strings.ToLower(notHere.String())]; found && !takesValidateOnly {
			c.problems.AddInvalid(notHere, q.name, q.inWords()+" for this operation")
		}
		return next(c)
	}
}

// queried is one parameter as the caller wrote it.
type queried struct{ name, value string }

// inWords writes the value for a sentence.
func (q queried) inWords() string {
	if q.value == "" {
		return "empty"
	}
	return task.QuoteValue(q.value)
}

// queryOf returns the parameters of a query by their names in lower case. The first value of a name wins. A part that
// does not decode is taken as it is.
func queryOf(raw string) map[string]queried {
	sent := map[string]queried{}
	for pair := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, value = unescapeQuery(name), unescapeQuery(value)
		if _, repeated := sent[strings.ToLower(name)]; !repeated {
			sent[strings.ToLower(name)] = queried{name, value}
		}
	}
	return sent
}

func unescapeQuery(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// parseCount accepts a whole number from 1 to task.MaxCount; spaces around it are allowed.
func parseCount(value string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(value))
	return n, err == nil && n >= 1 && n <= task.MaxCount
}

// parseFlag accepts true and false in any case; spaces around them are allowed.
func parseFlag(value string) (on, ok bool) {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "true":
		return true, true
	case "false":
		return false, true
	}
	return false, false
}
