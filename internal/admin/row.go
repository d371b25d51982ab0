package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"accounttasks/internal/wellformed"
)

// row is the JSON object on one line of a file, and what is wrong with it. A member that is misspelled or there
// twice would be lost silently, so each name is checked.
type row struct {
	values     map[string]string // as they are written
	problems   []error
	unreadable bool // it has no members to judge
}

// readRow reads an object that may have these members and no others, each once.
func readRow(text string, members ...string) *row {
	r := &row{values: map[string]string{}}
	if err := wellformed.JSON(text); err != nil {
		r.refuse("it is not well-formed JSON (%v)", err)
		r.unreadable = true
		return r
	}
	if !strings.HasPrefix(text, "{") {
		r.refuse("it is not a JSON object")
		r.unreadable = true
		return r
	}
	for written, value := range wellformed.JSONMembers(text) {
		name := unquote(written)
		switch _, twice := r.values[name]; {
		case !slices.Contains(members, name):
			r.refuse("%s", unknownMember(name, members))
		case twice:
			r.refuse("%s is there twice", name)
		}
		r.values[name] = value
	}
	return r
}

func unknownMember(name string, members []string) string {
	for _, member := range members {
		if strings.EqualFold(member, name) {
			return fmt.Sprintf("%.60q must be spelled %s", name, member)
		}
	}
	return fmt.Sprintf("%.60q is not one of %s", name, strings.Join(members, ", "))
}

func (r *row) refuse(format string, args ...any) {
	r.problems = append(r.problems, fmt.Errorf(format, args...))
}

// add notes an error, if there is one.
func (r *row) add(err error) {
	if err != nil {
		r.problems = append(r.problems, err)
	}
}

// err tells everything that is wrong with the row in one line. Of a line that cannot be read it tells no more than that.
func (r *row) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	if r.unreadable {
		return r.problems[0]
	}
	var all []string
	for _, problem := range r.problems {
		all = append(all, strings.ReplaceAll(problem.Error(), "\n", "; "))
	}
	return errors.New(strings.Join(all, "; "))
}

func (r *row) has(name string) bool { _, found := r.values[name]; return found }

// text is the value of a member that must be a string. ok is false where it is not, which is noted.
func (r *row) text(name string) (value string, ok bool) {
	if !r.has(name) {
		r.refuse("%s is missing", name)
		return "", false
	}
	return r.optionalText(name)
}

// optionalText is the value of a member that is a string where it is there.
func (r *row) optionalText(name string) (value string, ok bool) {
	written, found := r.values[name]
	if !found {
		return "", true
	}
	if !strings.HasPrefix(written, `"`) {
		r.refuse("%s is not a string", name)
		return "", false
	}
	return unquote(written), true
}

// unquote reads a well-formed JSON string.
func unquote(written string) (text string) {
	_ = json.Unmarshal([]byte(written), &text)
	return text
}
