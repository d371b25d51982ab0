package task

import (
	"fmt"
	"strings"
)

// Frequency says how often a task runs. Its numbers are part of the contract (section 5.1).
type Frequency int

// The frequencies.
const (
	FrequencyNone Frequency = iota
	FrequencyHourly
	FrequencyDaily
	FrequencyWeekly
	FrequencyMonthly
	FrequencyYearly
)

// Frequencies holds the names of the frequencies; a name's index is its number.
var Frequencies = Enum{"NONE", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"}

// String is the frequency's published name.
func (f Frequency) String() string { return Frequencies.name(int(f)) }

// Enum are the members.
func (f *Frequency) Enum() Enum { return Frequencies }

// Number is the member's number.
func (f *Frequency) Number() int { return int(*f) }

// SetNumber sets the member by its number.
func (f *Frequency) SetNumber(number int) { *f = Frequency(number) }

// Notification says when a task reports back to its user. Its numbers are part of the contract
// (section 5.1).
type Notification int

// The notifications.
const (
	NotificationNone Notification = iota
	NotificationOnSuccess
	NotificationOnFailure
	NotificationAlways
)

// Notifications holds the names of the notifications; a name's index is its number.
var Notifications = Enum{"NONE", "ON_SUCCESS", "ON_FAILURE", "ALWAYS"}

// String is the notification's published name.
func (n Notification) String() string { return Notifications.name(int(n)) }

// Enum are the members.
func (n *Notification) Enum() Enum { return Notifications }

// Number is the member's number.
func (n *Notification) Number() int { return int(*n) }

// SetNumber sets the member by its number.
func (n *Notification) SetNumber(number int) { *n = Notification(number) }

// Enum are the names of an enumeration's members in the order of their numbers.
type Enum []string

// Number finds the member with exactly this name.
func (m Enum) Number(name string) (number int, ok bool) {
	for i, member := range m {
		if member == name {
			return i, true
		}
	}
	return 0, false
}

// Defined reports whether a member has this number.
func (m Enum) Defined(number int64) bool { return number >= 0 && number < int64(len(m)) }

// List writes the names as a list in a sentence.
func (m Enum) List() string {
	last := len(m) - 1
	return strings.Join(m[:last], ", ") + " or " + m[last]
}

func (m Enum) name(number int) string {
	if !m.Defined(int64(number)) {
		return fmt.Sprintf("UNDEFINED(%d)", number)
	}
	return m[number]
}
