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
	case took, pending, keyReused, notFound:
		return fmt.Sprintf("%s %s", o.update, o.kind)
	}
	return fmt.Sprintf("%s %s: %s", o.update, o.kind, shown)
}

// String describes the update for a reader of the history.
func (u *Update) String() string {
	text := "update " + u.Writer
	if u.IfMatch != "" {
		text += " if " + u.IfMatch
	}
	return text + describeFlag(u)
}

func describeFlag(u *Update) string {
	if u.Enabled == nil {
		return ""
	}
	return fmt.Sprintf(" (enabled %t)", *u.Enabled)
}
