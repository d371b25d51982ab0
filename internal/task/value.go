package task

import (
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// Enumerated is a pointer to a value of an enumeration.
type Enumerated interface {
	// Enum are the enumeration's members.
	Enum() Enum
	// Number is the value's number.
	Number() int
	// SetNumber sets the value to the member with the number.
	SetNumber(number int)
}

// TextOf writes the value of a slot as answers and the table write it, and reports whether it is set: a zero GUID,
// a zero date, an empty text and the absence of a flag are not.
func TextOf(value any) (text string, set bool) {
	switch v := value.(type) {
	case **bool:
		if *v == nil {
			return "", false
		}
		return strconv.FormatBool(**v), true
	case *uuid.UUID:
		return v.String(), *v != uuid.Nil
	case *time.Time:
		return FormatDate(*v), !v.IsZero()
	case *string:
		return *v, *v != ""
	case Enumerated:
		return v.Enum().name(v.Number()), v.Number() != 0
	}
	panic(fmt.Sprintf("no field has a value of the type %T", value))
}
