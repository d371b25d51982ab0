package dynamo

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// Save implements run.Store with one UpdateItem, one more where another program has written attributes in a form of its
// own, and one more where marks of keys are outdated.
func (r Runs) Save(ctx context.Context, seen, next run.State) (run.State, bool, error) {
	key := taskKey(seen.AccountID, seen.ID)
	o, err := r.table.updateAsSeen(ctx, key,
		func(exact item) expression { return saveExpression(seen, next, exact) },
		func(current item) bool { return isAsRead(r.table.readState(ctx, current), seen, next) })
	if err != nil || len(o.item) == 0 {
		return run.State{}, false, err
	}
	for token, fingerprint := range newMarks(seen, next) {
		r.table.forgetKeys(ctx, key, o.item, task.ConditionalUpdate{
			Token: token, Fingerprint: fingerprint, Keyed: true, ModifiedAt: next.LastRunOn,
		})
	}
	return r.table.readState(ctx, o.item), o.applied, nil
}

// isAsRead reports whether a task reads as seen, without a mark of next.
func isAsRead(current, seen, next run.State) bool {
	sameRun := (current.Open == nil) == (seen.Open == nil) && (current.Open == nil || current.Open.ID == seen.Open.ID)
	for token := range newMarks(seen, next) {
		if _, marked := current.Marks[token]; marked {
			return false
		}
	}
	return sameRun && current.Deleted == seen.Deleted && current.DueAt.Equal(seen.DueAt) &&
		current.Claims == seen.Claims && current.Revision.Version == seen.Revision.Version
}

// newMarks are the marks that a state adds to those that were seen.
func newMarks(seen, next run.State) map[string]string {
	added := map[string]string{}
	for token, fingerprint := range next.Marks {
		if _, was := seen.Marks[token]; !was {
			added[token] = fingerprint
		}
	}
	return added
}

// saveExpression makes the expression of a look. With exact, the task must have the very attributes of that item.
func saveExpression(seen, next run.State, exact item) expression {
	b := newBuilder()
	b.exact = exact
	b.ifExists(PartitionKey)
	if !seen.Deleted {
		b.ifMissing(attrDeleted)
	}
	b.ifDate(DueAt, seen.DueAt)
	b.ifOpen(seen.Open)
	b.ifNumber(attrClaims, seen.Claims)
	b.ifNumber(attrVersion, seen.Revision.Version)
	for _, field := range []struct {
		name string
		at   time.Time
	}{
		{attrNext, next.Next}, {attrLast, next.Last}, {DueAt, next.DueAt},
		{attrEdited, next.Edited}, {attrOn, next.On}, {attrOff, next.Off}, {attrLastRunOn, next.LastRunOn},
	} {
		b.set(field.name, date(field.at), !field.at.IsZero())
	}
	b.set(DueShard, shardOf(next.ID), !next.DueAt.IsZero())
	b.set(attrClaims, number(next.Claims), next.Claims != 0)
	b.set(attrMissed, number(next.Missed), next.Missed != 0)
	b.set(attrLastRunBy, text(next.LastRunBy), next.LastRunBy != "")
	if next.Open != nil {
		b.set(attrOpen, writeOpen(*next.Open), true)
	} else {
		b.set(attrOpen, nil, false)
	}
	for token, fingerprint := range newMarks(seen, next) {
		b.ifMissing(markPrefix + token)
		b.set(markPrefix+token, markValue(fingerprint, next.LastRunOn), true)
	}
	return b.expression()
}

// builder collects the parts of an expression. Every attribute has an alias of letters.
type builder struct {
	names                 map[string]string
	values                item
	sets, removes, wanted []string
	// exact, if not nil, replaces what conditions compare with: the attributes of an item as they are stored.
	exact item
}

func newBuilder() *builder { return &builder{names: map[string]string{}, values: item{}} }

// alias names an attribute in the expression.
func (b *builder) alias(attribute string) string {
	alias := "#" + strings.NewReplacer(markPrefix, "mark", "-", "minus").Replace(attribute)
	b.names[alias] = attribute
	return alias
}

// value names a value in the expression.
func (b *builder) value(name string, v types.AttributeValue) string {
	b.values[":"+name] = v
	return ":" + name
}

// set sets an attribute, or removes it where there is nothing to set.
func (b *builder) set(attribute string, v types.AttributeValue, some bool) {
	alias := b.alias(attribute)
	if some {
		b.sets = append(b.sets, alias+" = "+b.value("new"+alias[1:], v))
		return
	}
	b.removes = append(b.removes, alias)
}

// setOnce sets an attribute that the item does not have.
func (b *builder) setOnce(attribute string, v types.AttributeValue) {
	alias := b.alias(attribute)
	b.sets = append(b.sets, alias+" = if_not_exists("+alias+", "+b.value("once"+alias[1:], v)+")")
}

func (b *builder) ifExists(attribute string) {
	b.wanted = append(b.wanted, "attribute_exists("+b.alias(attribute)+")")
}

func (b *builder) ifMissing(attribute string) {
	b.wanted = append(b.wanted, "attribute_not_exists("+b.alias(attribute)+")")
}

// orOpenUntilBefore adds an alternative to all conditions so far: the item is an open run with an earlier deadline. It
// must be the last condition. AND binds more tightly than OR.
func (b *builder) orOpenUntilBefore(deadline time.Time) {
	open := b.alias(attrOutcome) + " = " + b.value("open", text(string(run.OutcomeRunning)))
	due := b.alias(DueAt)
	before := "(attribute_not_exists(" + due + ") OR " + due + " < " + b.value("deadline", date(deadline)) + ")"
	b.wanted = []string{strings.Join(b.wanted, " AND ") + " OR " + open + " AND " + before}
}

// ifText counts a text that is missing as empty.
func (b *builder) ifText(attribute, seen string) {
	if b.exact != nil {
		b.ifStored(attribute)
		return
	}
	if seen == "" {
		b.ifMissing(attribute)
		return
	}
	b.wanted = append(b.wanted, b.alias(attribute)+" = "+b.value("seen"+attribute, text(seen)))
}

// ifStored requires what exact has.
func (b *builder) ifStored(attribute string) {
	stored, found := b.exact[attribute]
	if !found {
		b.ifMissing(attribute)
		return
	}
	b.wanted = append(b.wanted, b.alias(attribute)+" = "+b.value("seen"+attribute, stored))
}

func (b *builder) ifDate(attribute string, seen time.Time) {
	if b.exact != nil {
		b.ifStored(attribute)
		return
	}
	if seen.IsZero() {
		b.ifMissing(attribute)
		return
	}
	b.wanted = append(b.wanted, b.alias(attribute)+" = "+b.value("seen"+attribute, date(seen)))
}

// ifNumber counts a number that is missing as 0.
func (b *builder) ifNumber(attribute string, seen int64) {
	if b.exact != nil {
		b.ifStored(attribute)
		return
	}
	alias := b.alias(attribute)
	same := alias + " = " + b.value("seen"+attribute, number(seen))
	if seen == 0 {
		same = "(attribute_not_exists(" + alias + ") OR " + same + ")"
	}
	b.wanted = append(b.wanted, same)
}

func (b *builder) ifOpen(seen *run.Run) {
	if b.exact != nil {
		b.ifStored(attrOpen)
		return
	}
	if seen == nil {
		b.ifMissing(attrOpen)
		return
	}
	b.wanted = append(b.wanted, b.alias(attrOpen)+"."+b.alias("ID")+" = "+b.value("seenRun", text(seen.ID.String())))
}

func (b *builder) expression() expression {
	update := "SET " + strings.Join(b.sets, ", ")
	switch {
	case len(b.sets) == 0:
		update = "REMOVE " + strings.Join(b.removes, ", ")
	case len(b.removes) > 0:
		update += " REMOVE " + strings.Join(b.removes, ", ")
	}
	return expression{update: update, condition: b.condition(), names: b.names, values: b.valuesOrNil()}
}

func (b *builder) condition() string { return strings.Join(b.wanted, " AND ") }

// valuesOrNil are the values of the expression. DynamoDB refuses a request with an empty map of them.
func (b *builder) valuesOrNil() item {
	if len(b.values) == 0 {
		return nil
	}
	return b.values
}
