package dynamo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// A task remembers the updates that were made with a key by a mark each: the attribute K#<token>, which holds
// the fingerprint and the time.
const markPrefix = "K#"

// How long marks are kept, and when it is worth a request to remove some (contract section 5.13).
const (
	markAge     = 24*time.Hour + time.Minute // a day, whatever the instances' clocks differ by
	marksKept   = 128
	youngAge    = 10 * time.Minute // younger marks are kept even beyond that
	marksLooked = 8                // with so many marks or fewer, none is removed
	marksAtOnce = 8                // at least so many are removed at once
	marksAtMost = 100              // at most so many are removed at once: an expression may have 300 operands
)

// itemRoom is the size of an item above which young marks are removed too: DynamoDB refuses items over 400 KB.
const itemRoom = 380_000

func markValue(fingerprint string, at time.Time) types.AttributeValue {
	return text(fingerprint + " " + task.FormatDate(at))
}

func markOf(current item, token string) (trace, bool) {
	value, ok := current[markPrefix+token]
	if !ok {
		return trace{}, false
	}
	print, date, _ := strings.Cut(textOf(value), " ")
	return trace{print, date}, true
}

// mark is one mark of an item. The time of one that cannot be read is zero.
type mark struct {
	attribute string
	at        time.Time
	size      int
}

// marksOf lists the marks of an item, the oldest first; nil where they are too few to look at.
func marksOf(current item) []mark {
	n := 0
	for name := range current {
		if strings.HasPrefix(name, markPrefix) {
			n++
		}
	}
	if n <= marksLooked {
		return nil
	}
	marks := make([]mark, 0, n)
	for name, value := range current {
		if strings.HasPrefix(name, markPrefix) {
			written := textOf(value)
			_, date, _ := strings.Cut(written, " ")
			at, _ := time.Parse(task.DateLayout, date)
			marks = append(marks, mark{name, at, len(name) + len(written)})
		}
	}
	slices.SortFunc(marks, func(a, b mark) int {
		return cmp.Or(a.at.Compare(b.at), strings.Compare(a.attribute, b.attribute))
	})
	return marks
}

// outdated returns the attributes of the marks to remove, the oldest first; none while too few are outdated.
// excess is how much smaller the item should be, in bytes.
func outdated(marks []mark, own string, now time.Time, excess int) []string {
	var gone []string
	for i, m := range marks {
		age := now.Sub(m.at)
		if age < markAge && (len(marks)-i <= marksKept || age < youngAge) && excess <= 0 {
			continue
		}
		if m.attribute != own && len(gone) < marksAtMost {
			gone = append(gone, m.attribute)
			excess -= m.size
		}
	}
	if len(gone) < marksAtOnce {
		return nil
	}
	return gone
}

// forgetKeys removes outdated marks from an item that was seen, unless the item has changed since. Whether it
// succeeds does not matter: the next update tries again.
func (t *Table) forgetKeys(ctx context.Context, key, seen item, w task.ConditionalUpdate) {
	if !w.Keyed {
		return
	}
	marks := marksOf(seen)
	excess := 0
	if len(marks) > marksKept {
		excess = sizeOf(seen) - itemRoom
	}
	gone := outdated(marks, markPrefix+w.Token, w.ModifiedAt, excess)
	if len(gone) == 0 {
		return
	}
	begun := time.Now()
	_, _ = t.client.UpdateItem(ctx, withoutMarks(gone, seen).input(t.name, key), func(o *dynamodb.Options) { o.Retryer = aws.NopRetryer{} })
	telemetry.CountTableCall(ctx, time.Since(begun), 1)
}

// withoutMarks removes marks from an item that exists at the version that was seen. Only runs have left marks on an
// item whose version is missing or not a number, as on one that another program wrote.
func withoutMarks(gone []string, seen item) expression {
	b := newBuilder()
	b.exact = seen
	b.ifExists(PartitionKey)
	b.ifStored(attrVersion)
	for i, attribute := range gone {
		alias := fmt.Sprintf("#k%d", i)
		b.names[alias] = attribute
		b.removes = append(b.removes, alias)
	}
	return b.expression()
}

// sizeOf is the size of an item as DynamoDB counts it, or a little more.
func sizeOf(written item) int {
	size := 0
	for name, value := range written {
		size += len(name) + sizeOfValue(value)
	}
	return size
}

func sizeOfValue(value types.AttributeValue) int {
	const overhead = 3 // of a map, and of each member's value
	switch v := value.(type) {
	case *types.AttributeValueMemberS:
		return len(v.Value) + 1
	case *types.AttributeValueMemberN:
		return len(v.Value) + 1
	case *types.AttributeValueMemberM:
		return sizeOf(v.Value) + overhead + overhead*len(v.Value)
	}
	return overhead
}
