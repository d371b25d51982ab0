package dynamo

import (
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/task"
)

// Every attribute name is aliased in the expressions: Name and others are reserved words.
const (
	setAlways = "SET #Definition = :definition, #Name = :name, #DateModified = :modified, #LastModifiedBy = :user, " +
		"#W3 = if_not_exists(#W2, :none), #W2 = if_not_exists(#W1, :none), #W1 = if_not_exists(#W0, :none), #W0 = :token, " +
		"#F3 = if_not_exists(#F2, :none), #F2 = if_not_exists(#F1, :none), #F1 = if_not_exists(#F0, :none), #F0 = :print, " +
		"#Version = if_not_exists(#Version, :zero) + :one"
	setEnabled = ", #Enabled = :enabled"

	// A token is unlike an attribute that is missing, so that an item without a register can be updated.
	existsAndIsNew = "attribute_exists(#pk) AND #W0 <> :token AND #W1 <> :token AND #W2 <> :token AND #W3 <> :token"
)

// names are the aliases of the expressions without and with the flag: DynamoDB refuses an alias that is
// not used.
var (
	names            = aliases(PartitionKey, attrDefinition, attrName, attrDateModified, attrLastModifiedBy, attrVersion)
	namesWithEnabled = aliases(PartitionKey, attrDefinition, attrName, attrDateModified, attrLastModifiedBy, attrVersion, attrEnabled)
)

func aliases(attributes ...string) map[string]string {
	m := make(map[string]string, len(attributes)+2*registerSize)
	for i := range registerSize {
		attributes = append(attributes, attrTokens[i], attrPrints[i])
	}
	for _, attribute := range attributes {
		m["#"+attribute] = attribute
	}
	return m
}

// expression is what one conditional write says.
type expression struct {
	update, condition string
	names             map[string]string
	values            item
}

func expressionOf(w task.ConditionalUpdate) expression {
	e := expression{
		update:    setAlways,
		condition: existsAndIsNew,
		names:     names,
		values: item{
			":definition": definition(w.Definition),
			":name":       text(w.Name),
			":modified":   date(w.ModifiedAt),
			":user":       text(w.ModifiedBy),
			":token":      text(w.Token),
			":print":      text(w.Fingerprint),
			":none":       text(""),
			":zero":       number(0),
			":one":        number(1),
		},
	}
	if w.Enabled != nil {
		e.update += setEnabled
		e.names = namesWithEnabled
		e.values[":enabled"] = boolean(*w.Enabled)
	}
	e.guard(w.IfMatch)
	e.guardAgainst(w)
	return e
}

// guard lets the write through only at one of the revisions. An item that lacks its version or token, as
// one written by other hands does, has version 0 or the empty token.
func (e *expression) guard(revisions []task.Revision) {
	if len(revisions) == 0 {
		return
	}
	conditions := make([]string, len(revisions))
	for i, r := range revisions {
		version, token := fmt.Sprintf(":v%d", i), fmt.Sprintf(":w%d", i)
		e.values[version], e.values[token] = number(r.Version), text(r.Token)
		sameVersion, sameToken := "#Version = "+version, "#W0 = "+token
		if r.Version == 0 {
			sameVersion = "(attribute_not_exists(#Version) OR " + sameVersion + ")"
		}
		if r.Token == "" {
			sameToken = "(attribute_not_exists(#W0) OR " + sameToken + ")"
		}
		conditions[i] = sameVersion + " AND " + sameToken
	}
	e.condition += " AND " + anyOf(conditions)
}

// guardAgainst keeps the write away from the revisions of NotAt. A comparison with an attribute that is missing
// says that it differs.
func (e *expression) guardAgainst(w task.ConditionalUpdate) {
	if w.NotAtAny {
		e.condition += " AND attribute_not_exists(#pk)" // never: the task exists
	}
	for i, r := range w.NotAt {
		version, token := fmt.Sprintf(":nv%d", i), fmt.Sprintf(":nw%d", i)
		e.values[version], e.values[token] = number(r.Version), text(r.Token)
		otherVersion, otherToken := "#Version <> "+version, "#W0 <> "+token
		if r.Version == 0 {
			otherVersion = "(attribute_exists(#Version) AND " + otherVersion + ")"
		}
		if r.Token == "" {
			otherToken = "(attribute_exists(#W0) AND " + otherToken + ")"
		}
		e.condition += " AND (" + otherVersion + " OR " + otherToken + ")"
	}
}

// anyOf joins conditions. DynamoDB refuses parentheses around parentheses, and around all there is.
func anyOf(conditions []string) string {
	if len(conditions) == 1 {
		return conditions[0]
	}
	return "((" + strings.Join(conditions, ") OR (") + "))"
}

// seen tells whether the token is in an item's register, and whether it was used for the same update.
func seen(register item, w task.ConditionalUpdate) (used, same bool) {
	for i := range registerSize {
		if isText(register[attrTokens[i]], w.Token) {
			return true, isText(register[attrPrints[i]], w.Fingerprint)
		}
	}
	return false, false
}

func isText(value types.AttributeValue, s string) bool {
	v, ok := value.(*types.AttributeValueMemberS)
	return ok && v.Value == s
}
