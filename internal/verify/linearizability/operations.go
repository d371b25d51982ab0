package linearizability

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"github.com/anishathalye/porcupine"
)

// kind is what one operation of the checked history states.
type kind string

const (
	looks     kind = "looks"           // the task was in the state shown
	applies   kind = "applies"         // the change takes effect and makes the state shown
	took      kind = "takes effect"    // the change takes effect
	pending   kind = "may take effect" // the change takes effect if its time has not gone by
	perhaps   kind = "perhaps applied" // the same, before the call has its answer
	replayed  kind = "is replayed"     // the change has taken effect; the task is in the state shown
	staleTag  kind = "is stale"        // the change has not taken effect and its If-Match is stale
	keyReused kind = "reuses a key"    // another change under the same token has taken effect
	notFound  kind = "finds no task"   // there is no task
)

// operation is the input of one operation; its output is the View that it showed.
type operation struct {
	kind   kind
	change *Change
	// self is the index of the change among the task's changes. rivals are the indexes of other changes with its token.
	self   int
	rivals []int
}

func (o operation) is(v Verb) bool { return o.change != nil && o.change.Verb == v }

// operations translates the calls into operations on the task, in the order of their beginnings. It also counts the
// changes.
func (h *History) operations() (said []porcupine.Operation, changes int) {
	h.mu.Lock()
	calls := slices.SortedFunc(slices.Values(h.calls), func(a, b call) int { return cmp.Compare(a.begun, b.begun) })
	h.mu.Unlock()
	t := &translation{byChange: map[string][]call{}, end: h.clock.Load() + 1}
	var order []*Change
	for _, c := range calls {
		if c.change == nil {
			t.add(c, looks, operation{}, c.begun, c.ended)
			continue
		}
		if t.byChange[c.change.Writer] == nil {
			order = append(order, c.change)
		}
		t.byChange[c.change.Writer] = append(t.byChange[c.change.Writer], c)
	}
	for self, change := range order {
		t.translate(t.byChange[change.Writer], operation{change: change, self: self, rivals: rivals(order, self)})
	}
	slices.SortStableFunc(t.operations, func(a, b porcupine.Operation) int { return cmp.Compare(a.Call, b.Call) })
	return t.operations, len(order)
}

// rivals returns the indexes of the other changes that have the token of the change at self.
func rivals(changes []*Change, self int) []int {
	var places []int
	for place, change := range changes {
		if place != self && change.Token == changes[self].Token {
			places = append(places, place)
		}
	}
	return places
}

// translation holds the operations of a history while it is translated.
type translation struct {
	operations []porcupine.Operation
	byChange   map[string][]call
	end        int64
}

func (t *translation) add(c call, k kind, o operation, from, to int64) {
	o.kind = k
	t.operations = append(t.operations, porcupine.Operation{
		ClientId: c.client, Input: o, Call: from, Output: c.Shown, Return: to,
	})
}

// translate translates all calls of one change. From the first call that may have applied it, its outcome is open until
// an answer decides it.
func (t *translation) translate(calls []call, o operation) {
	var possible *call
	settled := false
	for _, c := range calls {
		if possible == nil && c.Status != http.StatusTooManyRequests {
			possible = &c
		}
		switch {
		case c.Status == http.StatusTooManyRequests, c.Status == http.StatusServiceUnavailable:
			continue
		case c.Status == http.StatusOK && c.Replayed:
			if !settled {
				t.add(call{client: c.client}, took, o, possible.begun, c.ended)
			}
			t.add(c, replayed, o, c.begun, c.ended)
		case c.Status == http.StatusNotFound:
			if !settled {
				t.addMissed(c, o, possible.begun)
			}
			t.add(c, notFound, o, c.begun, c.ended)
		case c.Status == http.StatusOK && !o.is(Deletes) && c.Shown.Writer != o.change.Writer:
			// One of its attempts was applied and the answer was lost. The next attempt saw the task as it was then.
			t.add(call{client: c.client}, took, o, c.begun, c.ended)
			t.add(c, replayed, o, c.begun, c.ended)
		default:
			t.add(c, kindOf(c.Status), o, c.begun, c.ended)
		}
		settled = true
	}
	if possible != nil && !settled {
		t.add(call{client: possible.client}, pending, o, possible.begun, t.end)
	}
}

// addMissed adds the possible outcomes of a change that is answered with 404. If the task was deleted since the first
// call, the change may have taken effect before. A registration has taken effect, because it was found again.
func (t *translation) addMissed(c call, o operation, since int64) {
	switch {
	case o.is(Registers):
		t.add(call{client: c.client}, took, o, since, c.ended)
	case o.is(Updates):
		t.add(call{client: c.client}, perhaps, o, since, c.ended)
	}
}

// kindOf is the meaning of a refusal, or of the success of a change. The service never gives any other answer; its kind
// is one that no state allows.
func kindOf(status int) kind {
	switch status {
	case http.StatusOK:
		return applies
	case http.StatusPreconditionFailed:
		return staleTag
	case http.StatusUnprocessableEntity:
		return keyReused
	}
	return kind(fmt.Sprintf("is answered with the unexpected status %d", status))
}
