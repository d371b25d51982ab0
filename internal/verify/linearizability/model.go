package linearizability

import "github.com/anishathalye/porcupine"

// state is the state of the model: the task, and which changes have taken effect, one byte for each.
type state struct {
	View         // of a task that is deleted, as it was; zero before it is registered
	gone    bool // it is deleted
	applied string
	looks   int // operations that showed this version so far
}

// model is the specification of one task.
type model struct {
	initial View
	changes int // of the history, those included of which no operation tells
	hints   hints
}

// porcupine returns the model in the checker's terms. With the hints it leaves out steps that no complete order
// contains.
func (m model) porcupine(hinted bool) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return state{View: m.initial, applied: string(make([]byte, m.changes))} },
		Step: func(s, input, output any) (bool, any) {
			before, o := s.(state), input.(operation)
			after, ok := m.step(before, o, output.(View))
			return ok && !(hinted && m.hints.isDeadEnd(before, o, after)), after
		},
		DescribeOperation: func(input, output any) string { return describe(input.(operation), output.(View)) },
		DescribeState:     func(s any) string { return s.(state).seen().String() },
	}
}

// step applies one operation. ok is false if the state does not allow it.
func (m model) step(s state, o operation, shown View) (next state, ok bool) {
	switch o.kind {
	case looks:
		return s.looked(), shown == s.seen()
	case applies:
		return s.applies(o, shown)
	case took, pending, perhaps:
		if !s.allows(o) {
			return s, o.kind != took
		}
		return s.after(o, m.hints.tags[s.Version+1]), true
	case replayed:
		return s.looked(), s.has(o.self) && s.gone == o.is(Deletes) && shown == s.View
	case staleTag:
		return s.looked(), s.isThere() && !s.has(o.self) && o.change.IfMatch != "" && o.change.IfMatch != s.ETag && shown == s.View
	case keyReused:
		return s, s.hasAny(o.rivals) && (s.isThere() || o.is(Registers))
	case notFound:
		return s, !s.isThere() && s.misses(o)
	}
	return s, false
}

// applies applies the change and compares the result with its answer.
func (s state) applies(o operation, shown View) (next state, ok bool) {
	next = s.after(o, shown.ETag)
	if o.is(Deletes) {
		return next, s.allows(o) && shown == s.View
	}
	next = next.looked()
	return next, s.allows(o) && shown == next.View && shown.ETag != s.ETag
}

// allows reports whether the change can take effect.
func (s state) allows(o operation) bool {
	if o.is(Registers) {
		return s.View == View{}
	}
	return s.isThere() && !s.has(o.self) && !s.hasAny(o.rivals) &&
		(o.change.IfMatch == "" || o.change.IfMatch == s.ETag)
}

// misses reports whether the answer to the change can be that there is no task. A registration can find that its own
// task was deleted. A delete cannot find that it has deleted the task itself.
func (s state) misses(o operation) bool {
	return o.is(Updates) || s.has(o.self) == o.is(Registers)
}

// after is the state after the change.
func (s state) after(o operation, etag string) state {
	applied := []byte(s.applied)
	applied[o.self] = 1
	if o.is(Deletes) {
		return state{View: s.View, gone: true, applied: string(applied)}
	}
	next := state{applied: string(applied)}
	next.View = View{Version: s.Version + 1, Writer: o.change.Writer, Enabled: s.Enabled || o.is(Registers), ETag: etag}
	if o.change.Enabled != nil {
		next.Enabled = *o.change.Enabled
	}
	return next
}

// isThere reports whether there is a task.
func (s state) isThere() bool { return s.View != View{} && !s.gone }

// seen is what a read shows.
func (s state) seen() View {
	if s.gone {
		return View{}
	}
	return s.View
}

func (s state) looked() state {
	if s.isThere() {
		s.looks++
	}
	return s
}

func (s state) has(change int) bool { return s.applied[change] == 1 }

func (s state) hasAny(changes []int) bool {
	for _, change := range changes {
		if s.has(change) {
			return true
		}
	}
	return false
}
