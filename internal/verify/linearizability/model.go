package linearizability

import "github.com/anishathalye/porcupine"

// state is the state of the model: the task, and which updates have taken effect, one byte for each.
type state struct {
	View
	applied string
	looks   int // operations that showed this version so far
}

// model is the specification of one task.
type model struct {
	initial View
	updates int // of the history, those included of which no operation tells
	hints   hints
}

// porcupine is the model in the checker's terms. With the hints it leaves out steps that lead nowhere.
func (m model) porcupine(hinted bool) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return state{View: m.initial, applied: string(make([]byte, m.updates))} },
		Step: func(s, input, output any) (bool, any) {
			before, o := s.(state), input.(operation)
			after, ok := m.step(before, o, output.(View))
			return ok && !(hinted && m.hints.isDeadEnd(before, o, after)), after
		},
		DescribeOperation: func(input, output any) string { return describe(input.(operation), output.(View)) },
		DescribeState:     func(s any) string { return s.(state).View.String() },
	}
}

// step carries out one operation; ok is false where the state does not allow it.
func (m model) step(s state, o operation, shown View) (next state, ok bool) {
	switch o.kind {
	case looks:
		return s.looked(), shown == s.View
	case applies:
		next = s.after(o, shown.ETag).looked()
		return next, s.allows(o) && shown == next.View && shown.ETag != s.ETag
	case took, pending:
		if !s.allows(o) {
			return s, o.kind == pending
		}
		return s.after(o, m.hints.tags[s.Version+1]), true
	case replayed:
		return s.looked(), s.has(o.self) && shown == s.View
	case staleTag:
		return s.looked(), !s.has(o.self) && o.update.IfMatch != "" && o.update.IfMatch != s.ETag && shown == s.View
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
	next := state{applied: string(applied)}
	next.View = View{Version: s.Version + 1, Writer: o.update.Writer, Enabled: s.Enabled, ETag: etag}
	if o.update.Enabled != nil {
		next.Enabled = *o.update.Enabled
	}
	return next
}

func (s state) looked() state {
	s.looks++
	return s
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
