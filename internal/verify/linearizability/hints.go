package linearizability

import "github.com/anishathalye/porcupine"

// hints are facts about a history: they exclude steps that cannot be part of a complete order. They make the search
// short and never change its result.
type hints struct {
	tags   map[int64]string // the ETag with which each version was seen first
	looks  map[int64]int    // how many operations show the version while the task is there
	last   int64            // the highest version that was seen
	behind map[int]int      // the change that a change queues behind
}

func newHints(initial View, operations []porcupine.Operation) hints {
	h := hints{tags: map[int64]string{}, looks: map[int64]int{}, last: initial.Version, behind: map[int]int{}}
	writers := map[string]bool{}
	for _, each := range operations {
		o, shown := each.Input.(operation), each.Output.(View)
		if shown == (View{}) {
			continue
		}
		writers[shown.Writer] = true
		h.last = max(h.last, shown.Version)
		if h.tags[shown.Version] == "" {
			h.tags[shown.Version] = shown.ETag
		}
		if !o.is(Deletes) || o.kind == staleTag {
			h.looks[shown.Version]++
		}
	}
	h.queue(operations, writers)
	return h
}

// queue orders equal pending changes that no call has shown by their beginnings. A change can take effect until the end
// of the history. In any order of the calls an earlier one can therefore take the place of a later one, and the search
// needs only orders that keep the queue.
func (h hints) queue(operations []porcupine.Operation, seen map[string]bool) {
	last := map[string]int{}
	for _, each := range operations {
		o := each.Input.(operation)
		if o.kind != pending || len(o.rivals) > 0 || seen[o.change.Writer] {
			continue
		}
		alike := string(o.change.Verb) + describeTerms(o.change)
		if before, any := last[alike]; any {
			h.behind[o.self] = before
		}
		last[alike] = o.self
	}
}

// isDeadEnd reports whether no complete order contains the step that o made.
func (h hints) isDeadEnd(before state, o operation, after state) bool {
	if after.applied == before.applied {
		// A pending change without an effect now has no effect at the end of the history either.
		return o.kind == pending && (before.Version < h.last || h.isStillShown(before))
	}
	first, queues := h.behind[o.self]
	return h.isStillShown(before) || queues && !before.has(first)
}

// isStillShown reports whether a later operation shows this version. A version never comes back.
func (h hints) isStillShown(s state) bool { return s.isThere() && s.looks < h.looks[s.Version] }
