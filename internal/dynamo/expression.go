package dynamo

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/task"
)

// Every attribute name is aliased in the expressions: Name and others are reserved words.
const (
	setAlways = "SET #Definition = :definition, #Name = :name, #LastModifiedBy = :user, " +
		"#W3 = if_not_exists(#W2, :none), #W2 = if_not_exists(#W1, :none), #W1 = if_not_exists(#W0, :none), #W0 = :token, " +
		"#F3 = if_not_exists(#F2, :none), #F2 = if_not_exists(#F1, :none), #F1 = if_not_exists(#F0, :none), #F0 = :print, " +
		"#D3 = if_not_exists(#D2, :none), #D2 = if_not_exists(#D1, :none), #D1 = if_not_exists(#DateModified, :none), #DateModified = :modified, " +
		// The runner looks at the task next; what it has kept of it stays.
		"#DueAt = :clock, #DueShard = :shard, #LastEdit = :clock, #Edited = if_not_exists(#Edited, :clock)"
	countUp      = ", #Version = if_not_exists(#Version, :zero) + :one"
	setVersion   = ", #Version = :next"
	setEnabled   = ", #Enabled = :enabled"
	setMark      = ", #mark = :mark"
	noteEnabled  = ", #On = if_not_exists(#On, :clock)"
	noteDisabled = ", #Off = :clock"
	// No occurrence is planned of a disabled task.
	removeDisabled = " REMOVE #Next, #On"

	// A token is unlike an attribute that is missing, so that an item without a register can be updated.
	existsAndIsNew = "attribute_exists(#pk) AND attribute_not_exists(#Deleted) AND " +
		"#W0 <> :token AND #W1 <> :token AND #W2 <> :token AND #W3 <> :token"
	isNewer     = " AND (attribute_not_exists(#DateModified) OR #DateModified < :modified)"
	isNotMarked = " AND attribute_not_exists(#mark)"
	// A value that is not a number is neither greater nor less, and DynamoDB cannot add to it.
	isCountable = " AND (attribute_not_exists(#Version) OR #Version >= :zero AND #Version < :last)"
	never       = " AND attribute_not_exists(#pk)"
)

// always are the attributes of every update; with the flag there are more. DynamoDB refuses an alias that is not
// used.
var always = []string{PartitionKey, attrDefinition, attrName, attrLastModifiedBy, attrVersion, attrDeleted,
	DueAt, DueShard, attrLastEdit, attrEdited}

var (
	names         = registerAliases(always...)
	namesEnabled  = registerAliases(append(slices.Clone(always), attrEnabled, attrOn)...)
	namesDisabled = registerAliases(append(slices.Clone(always), attrEnabled, attrOff, attrNext, attrOn)...)
)

func registerAliases(attributes ...string) map[string]string {
	for i := range registerSize {
		attributes = append(attributes, attrTokens[i], attrPrints[i], attrDates[i])
	}
	return aliasesOf(attributes...)
}

func aliasesOf(attributes ...string) map[string]string {
	m := make(map[string]string, len(attributes)+2)
	for _, attribute := range attributes {
		m["#"+attribute] = attribute
	}
	return m
}

// expression holds the parts of one conditional write.
type expression struct {
	update, condition string
	names             map[string]string
	values            item
}

// input is the request that makes the write to the item of a key.
func (e expression) input(table string, key item) *dynamodb.UpdateItemInput {
	return &dynamodb.UpdateItemInput{
		TableName:                 &table,
		Key:                       key,
		UpdateExpression:          &e.update,
		ConditionExpression:       &e.condition,
		ExpressionAttributeNames:  e.names,
		ExpressionAttributeValues: e.values,
	}
}

// expressionOf makes the expression of an update that is dated modified. The stored date must be older. With exact, the
// task must have the very date and revision of that item, for which the preconditions hold.
func expressionOf(w task.ConditionalUpdate, modified time.Time, exact item) expression {
	e := expression{
		update:    setAlways,
		condition: existsAndIsNew,
		names:     names,
		values: item{
			":definition": definition(w.Definition),
			":name":       text(w.Name),
			":modified":   date(modified),
			":user":       text(w.ModifiedBy),
			":token":      text(w.Token),
			":print":      text(w.Fingerprint),
			":none":       text(""),
			":clock":      date(w.ModifiedAt),
			":shard":      shardOf(w.ID),
		},
	}
	remove := e.enable(w.Enabled)
	if exact != nil {
		e.update += setVersion
		e.values[":next"] = number(readRevision(&fields{item: exact}).Version + 1)
		e.ifAsSeen(exact, attrDateModified, attrVersion, attrTokens[0])
	} else {
		e.update += countUp
		e.condition += isNewer + isCountable
		e.values[":zero"], e.values[":one"], e.values[":last"] = number(0), number(1), number(lastVersion)
		e.guard(w.IfMatch)
		e.guardAgainst(w)
	}
	if w.Keyed {
		e.mark(w)
	}
	e.update += remove
	return e
}

// ifAsSeen adds the condition that the item has the very attributes, in whatever form, of the item that was seen.
func (e *expression) ifAsSeen(seen item, attributes ...string) {
	for _, attribute := range attributes {
		value, found := seen[attribute]
		if !found {
			e.condition += " AND attribute_not_exists(#" + attribute + ")"
			continue
		}
		e.values[":seen"+attribute] = value
		e.condition += " AND #" + attribute + " = :seen" + attribute
	}
}

// enable sets the flag, where the update has one, and notes for the runner since when the task is on or off. What is
// to be removed comes last in an expression.
func (e *expression) enable(flag *bool) (remove string) {
	if flag == nil {
		return ""
	}
	e.values[":enabled"] = boolean(*flag)
	if *flag {
		e.update = setAlways + setEnabled + noteEnabled
		e.names = namesEnabled
		return ""
	}
	e.update = setAlways + setEnabled + noteDisabled
	e.names = namesDisabled
	return removeDisabled
}

// mark remembers the update's key. Its time is the clock's, not one that an earlier update's date has pushed ahead.
func (e *expression) mark(w task.ConditionalUpdate) {
	e.names = maps.Clone(e.names)
	e.names["#mark"] = markPrefix + w.Token
	e.values[":mark"] = markValue(w.Fingerprint, w.ModifiedAt)
	e.update += setMark
	e.condition += isNotMarked
}

// guard adds the condition that the task is at one of the revisions. A revision that is not whole holds for no item:
// the table cannot compare what cannot be read.
func (e *expression) guard(revisions []task.Revision) {
	if len(revisions) == 0 {
		return
	}
	var conditions []string
	for i, r := range revisions {
		if !isWhole(r) {
			continue
		}
		version, token := fmt.Sprintf(":v%d", i), fmt.Sprintf(":w%d", i)
		e.values[version], e.values[token] = number(r.Version), text(r.Token)
		conditions = append(conditions, "#Version = "+version+" AND #W0 = "+token)
	}
	if len(conditions) == 0 {
		e.condition += never
		return
	}
	e.condition += " AND " + anyOf(conditions)
}

// guardAgainst adds the condition that the task is at none of the revisions of NotAt. A comparison with a missing
// attribute is true: it differs. With a revision that is not whole the condition never holds: the item has to be read.
func (e *expression) guardAgainst(w task.ConditionalUpdate) {
	if w.NotAtAny {
		e.condition += never // the task exists
	}
	for i, r := range w.NotAt {
		switch {
		case r == task.NoRevision:
			continue
		case !isWhole(r):
			e.condition += never
			continue
		}
		version, token := fmt.Sprintf(":nv%d", i), fmt.Sprintf(":nw%d", i)
		e.values[version], e.values[token] = number(r.Version), text(r.Token)
		e.condition += " AND (#Version <> " + version + " OR #W0 <> " + token + ")"
	}
}

// anyOf joins conditions. DynamoDB refuses parentheses around parentheses, and around all there is.
func anyOf(conditions []string) string {
	if len(conditions) == 1 {
		return conditions[0]
	}
	return "((" + strings.Join(conditions, ") OR (") + "))"
}
