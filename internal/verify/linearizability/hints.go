package linearizability

import "github.com/anishathalye/porcupine"

// hints are what is known of a history beforehand: which steps cannot be part of an order that explains all of
// it. They make the search short, and never decide what it finds.
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

// queue puts pending changes that nobody saw, and that are alike, into the order in which they began. One that began
// earlier can take the place of a later one in any order of the calls, because it has until the end of time; so it is
// enough to look at orders that keep the queue.
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

// isDeadEnd reports whether the step that o made leads nowhere.
func (h hints) isDeadEnd(before state, o operation, after state) bool {
	if after.applied == before.applied {
		// A pending change that has no effect now has none at the end of time, either.
		return o.kind == pending && (before.Version < h.last || h.isStillShown(before))
	}
	first, queues := h.behind[o.self]
	return h.isStillShown(before) || queues && !before.has(first)
}

// isStillShown reports whether an operation is yet to show this version, which never comes again.
func (h hints) isStillShown(s state) bool { return s.isThere() && s.looks < h.looks[s.Version] }
