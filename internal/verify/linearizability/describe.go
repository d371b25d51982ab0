package linearizability

import "fmt"

// String describes the view for a reader of the history.
func (v View) String() string {
	if v == (View{}) {
		return "no task"
	}
	return fmt.Sprintf("version %d by %s, enabled %t", v.Version, v.Writer, v.Enabled)
}

func describe(o operation, shown View) string {
	switch o.kind {
	case looks:
		return fmt.Sprintf("looks: %s", shown)
	case took, pending, perhaps, keyReused, notFound:
		return fmt.Sprintf("%s %s", o.change, o.kind)
	}
	return fmt.Sprintf("%s %s: %s", o.change, o.kind, shown)
}

// String describes the change for a reader of the history.
func (c *Change) String() string { return string(c.Verb) + " " + c.Writer + describeTerms(c) }

// describeTerms describes the conditions of a change.
func describeTerms(c *Change) (text string) {
	if c.IfMatch != "" {
		text = " if " + c.IfMatch
	}
	if c.Enabled != nil {
		text += fmt.Sprintf(" (enabled %t)", *c.Enabled)
	}
	return text
}
