package run

import "github.com/google/uuid"

// Key names a run of a task. With the zero Position it names the task itself.
type Key struct {
	Ref
	Position
}

// IsRun reports whether the key names a run, not a task.
func (k Key) IsRun() bool { return k.RunID != uuid.Nil }

// OpenKey names the state's open run.
func (s State) OpenKey() Key {
	return Key{Ref: s.Ref(), Position: Position{Due: s.Open.Due, RunID: s.Open.ID}}
}
