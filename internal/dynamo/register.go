package dynamo

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/task"
)

// registerSize is how many write tokens a task remembers.
const registerSize = 4

// The register's attributes, the newest first: write tokens, fingerprints and the dates of their updates. The
// newest update's date is the task's own.
var (
	attrTokens = [registerSize]string{"W0", "W1", "W2", "W3"}
	attrPrints = [registerSize]string{"F0", "F1", "F2", "F3"}
	attrDates  = [registerSize]string{attrDateModified, "D1", "D2", "D3"}
)

// trace is what an item remembers about an update.
type trace struct {
	print, date string
}

// traceOf finds the update in the register or, by its key, among the marks.
func traceOf(current item, w task.ConditionalUpdate) (found trace, ok bool) {
	for i := range registerSize {
		if isText(current[attrTokens[i]], w.Token) {
			return trace{textOf(current[attrPrints[i]]), textOf(current[attrDates[i]])}, true
		}
	}
	if !w.Keyed {
		return trace{}, false
	}
	return markOf(current, w.Token)
}

// couldBeForgotten reports whether the update, which the item does not remember, could have been applied and pushed
// out of the register: four newer ones are in it. An empty slot, or one of which no date is known, was written
// before the update was made.
func couldBeForgotten(current item, w task.ConditionalUpdate, modified time.Time) bool {
	const oldest = registerSize - 1
	return !w.Keyed && textOf(current[attrTokens[oldest]]) != "" && textOf(current[attrDates[oldest]]) > task.FormatDate(modified)
}

// nextDate is the date for an update, made at a time some while ago, of an item that has refused it: the first one after
// the stored date, or the present if that is later. counted is false for a stored date that is not of our form, or the
// last there is: it cannot be counted up, and the date is the update's own.
func nextDate(stored types.AttributeValue, made time.Time, ago time.Duration) (next time.Time, counted bool) {
	written := textOf(stored)
	t, err := time.Parse(task.DateLayout, written)
	next = t.Add(task.DateResolution)
	if err != nil || task.FormatDate(t) != written || next.Year() > lastYear {
		return made, false
	}
	if now := made.Add(ago.Truncate(task.DateResolution)); next.Before(now) {
		next = now
	}
	return next, true
}

// lastYear is the last one whose dates are ordered as their text is.
const lastYear = 9999

func isText(value types.AttributeValue, s string) bool {
	v, ok := value.(*types.AttributeValueMemberS)
	return ok && v.Value == s
}

// textOf is the text of an attribute, empty for one that is missing or not text.
func textOf(value types.AttributeValue) string {
	if v, ok := value.(*types.AttributeValueMemberS); ok {
		return v.Value
	}
	return ""
}
