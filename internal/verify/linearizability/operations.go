package linearizability

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"github.com/anishathalye/porcupine"
)

// kind is what one operation of the checked history says.
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

// operation is the input of one operation; its output is the View shown.
type operation struct {
	kind   kind
	change *Change
	// self is the change's place among the task's changes, rivals are those of others with its token.
	self   int
	rivals []int
}

func (o operation) is(v Verb) bool { return o.change != nil && o.change.Verb == v }

// operations translates the calls into what they say of the task, in the order of their beginnings. It also
// counts the changes.
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

// rivals are the places of the other changes that have the token of the one at self.
func rivals(changes []*Change, self int) []int {
	var places []int
	for place, change := range changes {
		if place != self && change.Token == changes[self].Token {
			places = append(places, place)
		}
	}
	return places
}

// translation is a history on its way into operations.
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

// translate translates all calls of one change. Its outcome is open from the first call that may have applied
// it until an answer tells.
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
			// One of its attempts was applied and the answer lost; the next one saw the task as it was then.
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

// addMissed says what may have become of a change, since its first call, that is told that there is no task: where it was
// deleted meanwhile, the change may have taken effect before. A registration has, because it was found again.
func (t *translation) addMissed(c call, o operation, since int64) {
	switch {
	case o.is(Registers):
		t.add(call{client: c.client}, took, o, since, c.ended)
	case o.is(Updates):
		t.add(call{client: c.client}, perhaps, o, since, c.ended)
	}
}

// kindOf is what a refusal or a change's own success says. Any other answer is one that the service never
// gives, and a kind of operation that no state allows.
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
