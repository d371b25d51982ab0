package linearizability

import (
	"strconv"
	"sync"
	"sync/atomic"
)

// View is what an answer or a read shows of a task. The zero View means that there is no task.
type View struct {
	Version int64
	Writer  string // the change that made this state
	Enabled bool
	ETag    string
}

// Verb is what a change does.
type Verb string

// The verbs.
const (
	Updates   Verb = "update"
	Registers Verb = "register"
	Deletes   Verb = "delete"
)

// Change is one change of a task, however many times its client sends it.
type Change struct {
	Verb Verb
	// Writer names the change.
	Writer string
	// Token identifies the change when it is repeated: its client and key, or else the change itself.
	Token string
	// IfMatch is the ETag that the task must have; empty means any.
	IfMatch string
	// Enabled is the flag that is sent; nil keeps the task's, and enables one that is registered.
	Enabled *bool
}

// Answer is how a call of the service ended.
type Answer struct {
	Status   int
	Replayed bool
	// Shown is the task that the answer shows, if it shows one. A delete shows the task as it was.
	Shown View
}

// call is one call in a history. A call without a change is a read.
type call struct {
	client       int
	change       *Change
	begun, ended int64
	Answer
}

// History records the calls that concern one task. It is safe for concurrent use.
type History struct {
	initial View
	clock   atomic.Int64 // orders beginnings and ends

	mu    sync.Mutex
	calls []call
}

// NewHistory begins the history of a task.
func NewHistory(initial View) *History { return &History{initial: initial} }

// Begin begins a client's call of a change, or a read if change is nil. It returns the function that ends the call. A
// call that is not ended is not recorded.
func (h *History) Begin(client int, change *Change) (end func(Answer)) {
	c := call{client: client, change: change, begun: h.clock.Add(1)}
	return func(a Answer) {
		c.Answer, c.ended = a, h.clock.Add(1)
		h.mu.Lock()
		defer h.mu.Unlock()
		h.calls = append(h.calls, c)
	}
}

// Outcomes counts the calls by what they did and how they ended.
func (h *History) Outcomes() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	counts := map[string]int{}
	for _, c := range h.calls {
		switch {
		case c.change == nil:
			counts["read"]++
		case c.Replayed:
			counts[string(c.change.Verb)+" replayed"]++
		default:
			counts[string(c.change.Verb)+" "+strconv.Itoa(c.Status)]++
		}
	}
	return counts
}
