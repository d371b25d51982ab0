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
	applies   kind = "applies"         // the update takes effect and makes the state shown
	took      kind = "takes effect"    // the update takes effect
	pending   kind = "may take effect" // the update takes effect if its time has not gone by
	replayed  kind = "is replayed"     // the update has taken effect; the task is in the state shown
	staleTag  kind = "is stale"        // the update has not taken effect and its If-Match is stale
	keyReused kind = "reuses a key"    // another update under the same token has taken effect
	notFound  kind = "finds no task"   // there is no task
)

// operation is the input of one operation; its output is the View shown.
type operation struct {
	kind   kind
	update *Update
	// self is the update's place among the task's updates, rivals are those of others with its token.
	self   int
	rivals []int
}

// operations translates the calls into what they say of the task, in the order of their beginnings. It also
// counts the updates.
func (h *History) operations() (said []porcupine.Operation, updates int) {
	h.mu.Lock()
	calls := slices.SortedFunc(slices.Values(h.calls), func(a, b call) int { return cmp.Compare(a.begun, b.begun) })
	h.mu.Unlock()
	t := &translation{byUpdate: map[string][]call{}, end: h.clock.Load() + 1}
	var order []*Update
	for _, c := range calls {
		if c.update == nil {
			t.add(c, looks, operation{}, c.begun, c.ended)
			continue
		}
		if t.byUpdate[c.update.Writer] == nil {
			order = append(order, c.update)
		}
		t.byUpdate[c.update.Writer] = append(t.byUpdate[c.update.Writer], c)
	}
	for self, update := range order {
		t.translate(t.byUpdate[update.Writer], operation{update: update, self: self, rivals: rivals(order, self)})
	}
	slices.SortStableFunc(t.operations, func(a, b porcupine.Operation) int { return cmp.Compare(a.Call, b.Call) })
	return t.operations, len(order)
}

// rivals are the places of the other updates that have the token of the one at self.
func rivals(updates []*Update, self int) []int {
	var places []int
	for place, update := range updates {
		if place != self && update.Token == updates[self].Token {
			places = append(places, place)
		}
	}
	return places
}

// translation is a history on its way into operations.
type translation struct {
	operations []porcupine.Operation
	byUpdate   map[string][]call
	end        int64
}

func (t *translation) add(c call, k kind, o operation, from, to int64) {
	o.kind = k
	t.operations = append(t.operations, porcupine.Operation{
		ClientId: c.client, Input: o, Call: from, Output: c.Shown, Return: to,
	})
}

// translate translates all calls of one update. Its outcome is open from the first call that may have applied
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
		case c.Status == http.StatusOK && c.Shown.Writer != o.update.Writer:
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

// kindOf is what a refusal or an update's own success says. Any other answer is one that the service never
// gives, and a kind of operation that no state allows.
func kindOf(status int) kind {
	switch status {
	case http.StatusOK:
		return applies
	case http.StatusPreconditionFailed:
		return staleTag
	case http.StatusUnprocessableEntity:
		return keyReused
	case http.StatusNotFound:
		return notFound
	}
	return kind(fmt.Sprintf("is answered with the unexpected status %d", status))
}
