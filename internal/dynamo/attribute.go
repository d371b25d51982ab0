package dynamo

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/task"
)

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

func number(n int64) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.FormatInt(n, 10)}
}

func boolean(b bool) types.AttributeValue { return &types.AttributeValueMemberBOOL{Value: b} }

func date(t time.Time) types.AttributeValue { return text(task.FormatDate(t)) }

// fields reads the attributes of an item. An attribute that is missing, NULL, or cannot be read has its zero value; err
// names each that cannot be read.
type fields struct {
	item item
	err  error
}

func (f *fields) text(name string) string {
	switch v := f.item[name].(type) {
	case nil, *types.AttributeValueMemberNULL:
	case *types.AttributeValueMemberS:
		return v.Value
	default:
		f.fail(name, "not text")
	}
	return ""
}

func (f *fields) number(name string) int64 {
	switch v := f.item[name].(type) {
	case nil, *types.AttributeValueMemberNULL:
	case *types.AttributeValueMemberN:
		n, err := strconv.ParseInt(v.Value, 10, 64)
		if err != nil {
			f.fail(name, "not a whole number")
			return 0
		}
		return n
	default:
		f.fail(name, "not a number")
	}
	return 0
}

func (f *fields) flag(name string, missing bool) bool {
	switch v := f.item[name].(type) {
	case nil, *types.AttributeValueMemberNULL:
	case *types.AttributeValueMemberBOOL:
		return v.Value
	default:
		f.fail(name, "not a boolean")
	}
	return missing
}

func (f *fields) object(name string) *fields {
	switch v := f.item[name].(type) {
	case nil, *types.AttributeValueMemberNULL:
	case *types.AttributeValueMemberM:
		return &fields{item: v.Value}
	default:
		f.fail(name, "not a map")
	}
	return &fields{}
}

func (f *fields) date(name string) time.Time {
	written := f.text(name)
	if written == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339Nano, written)
	if err != nil {
		f.fail(name, "not a date")
		return time.Time{}
	}
	return t.UTC()
}

func (f *fields) guid(name string) uuid.UUID {
	written := f.text(name)
	if written == "" {
		return uuid.Nil
	}
	id, err := uuid.Parse(written)
	if err != nil {
		f.fail(name, "not a GUID")
		return uuid.Nil
	}
	return id
}

// member reads an enumeration's member; a missing one is the first.
func (f *fields) member(name string, members task.Enum) int {
	written := f.text(name)
	if written == "" {
		return 0
	}
	n, ok := members.Number(written)
	if !ok {
		f.fail(name, "not a member of its enumeration")
		return 0
	}
	return n
}

func (f *fields) fail(name, what string) {
	f.err = errors.Join(f.err, fmt.Errorf("the attribute %s is %s", name, what))
}
