package linearizability

import (
	"strconv"
	"sync"
	"sync/atomic"
)

// View is what an answer or a read shows of a task. The zero View is that of a task that is not there.
type View struct {
	Version int64
	Writer  string // the update that made this state
	Enabled bool
	ETag    string
}

// Update is one update of a task, however often its client sends it.
type Update struct {
	// Writer names the update.
	Writer string
	// Token is what the update is known by when it is repeated: its client and key, or the update itself.
	Token string
	// IfMatch is the ETag that the task must have; empty means any.
	IfMatch string
	// Enabled is the flag that is sent; nil keeps the task's.
	Enabled *bool
}

// Answer is how a call of the service, or a read of the table, ended.
type Answer struct {
	Status   int
	Replayed bool
	// Shown is the task as the answer shows it, where it does.
	Shown View
}

// call is one call in a history; one without an update is a read.
type call struct {
	client       int
	update       *Update
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

// Record carries out a client's call of an update, or without one a read, and keeps when it was made and how
// it ended.
func (h *History) Record(client int, update *Update, carryOut func() Answer) Answer {
	c := call{client: client, update: update, begun: h.clock.Add(1)}
	c.Answer = carryOut()
	c.ended = h.clock.Add(1)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.calls = append(h.calls, c)
	return c.Answer
}

// Outcomes counts the calls by how they ended.
func (h *History) Outcomes() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	counts := map[string]int{}
	for _, c := range h.calls {
		switch {
		case c.update == nil:
			counts["read"]++
		case c.Replayed:
			counts["replayed"]++
		default:
			counts[strconv.Itoa(c.Status)]++
		}
	}
	return counts
}
