package linearizability

import (
	"fmt"

	"github.com/anishathalye/porcupine"
)

// state is the state of the model: the task, and which updates have taken effect, one byte for each.
type state struct {
	View
	applied string
}

// model is the specification of one task. What its history saw of each version, and behind which other a
// pending update queues, cuts the search short and decides nothing.
type model struct {
	initial View
	updates int // of the history, those included of which no operation tells
	seen    map[int64]View
	behind  map[int]int
}

func newModel(initial View, updates int, operations []porcupine.Operation) model {
	m := model{initial: initial, updates: updates, seen: map[int64]View{}, behind: map[int]int{}}
	writers := map[string]bool{}
	for _, o := range operations {
		shown := o.Output.(View)
		writers[shown.Writer] = true
		if _, again := m.seen[shown.Version]; !again && shown != (View{}) {
			m.seen[shown.Version] = shown
		}
	}
	m.queue(operations, writers)
	return m
}

// queue puts pending updates that nobody saw, and that do the same to the flag, into the order in which they
// began. One that began earlier can take the place of a later one in any order of the calls, because it has
// until the end of time; so it is enough to look at orders that keep the queue.
func (m model) queue(operations []porcupine.Operation, seen map[string]bool) {
	last := map[string]int{}
	for _, each := range operations {
		o := each.Input.(operation)
		if o.kind != pending || o.update.IfMatch != "" || len(o.rivals) > 0 || seen[o.update.Writer] {
			continue
		}
		flag := describeFlag(o.update)
		if before, any := last[flag]; any {
			m.behind[o.self] = before
		}
		last[flag] = o.self
	}
}

// porcupine is the model in the checker's terms.
func (m model) porcupine() porcupine.Model {
	return porcupine.Model{
		Init: func() any { return state{m.initial, string(make([]byte, m.updates))} },
		Step: func(s, input, output any) (bool, any) {
			next, ok := m.step(s.(state), input.(operation), output.(View))
			return ok, next
		},
		DescribeOperation: func(input, output any) string { return describe(input.(operation), output.(View)) },
		DescribeState:     func(s any) string { return s.(state).View.String() },
	}
}

// step carries out one operation; ok is false where the state does not allow it.
func (m model) step(s state, o operation, shown View) (next state, ok bool) {
	switch o.kind {
	case looks:
		return s, shown == s.View
	case applies:
		next = s.after(o, shown.ETag)
		return next, s.allows(o) && shown == next.View && shown.ETag != s.ETag
	case took, pending:
		if !s.allows(o) {
			return s, o.kind == pending
		}
		seen, known := m.seen[s.Version+1]
		before, queues := m.behind[o.self]
		return s.after(o, seen.ETag), (!known || seen.Writer == o.update.Writer) && (!queues || s.has(before))
	case replayed:
		return s, s.has(o.self) && shown == s.View
	case staleTag:
		return s, !s.has(o.self) && o.update.IfMatch != "" && o.update.IfMatch != s.ETag && shown == s.View
	case keyReused:
		return s, s.hasAny(o.rivals)
	case notFound:
		return s, s.View == View{}
	}
	return s, false
}

// allows tells whether the update can take effect.
func (s state) allows(o operation) bool {
	return s.View != View{} && !s.has(o.self) && !s.hasAny(o.rivals) &&
		(o.update.IfMatch == "" || o.update.IfMatch == s.ETag)
}

// after is the state that the update makes.
func (s state) after(o operation, etag string) state {
	applied := []byte(s.applied)
	applied[o.self] = 1
	next := state{View{Version: s.Version + 1, Writer: o.update.Writer, Enabled: s.Enabled, ETag: etag}, string(applied)}
	if o.update.Enabled != nil {
		next.Enabled = *o.update.Enabled
	}
	return next
}

func (s state) has(update int) bool { return s.applied[update] == 1 }

func (s state) hasAny(updates []int) bool {
	for _, update := range updates {
		if s.has(update) {
			return true
		}
	}
	return false
}

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
