package linearizability_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"testing"
	"time"

	"accounttasks/internal/verify/linearizability"
)

// caller is one client of the service. It makes one call after the other, each of which its source decides.
type caller struct {
	t         *testing.T
	number    int
	system    *system
	function  *function
	histories []*linearizability.History // by task
	source    *rand.Rand
	seen      []linearizability.View // the last that it saw of each task
	updates   int
	earlier   []sent // updates with a key that succeeded
}

// sent is an update of a task that was made with a key.
type sent struct {
	task int
	request
}

// choice is what a caller decides on before an operation. It is drawn whole, so that what the calls come to
// does not change what is chosen later.
type choice struct {
	task    int
	isRead  bool
	keyed   bool
	guarded bool // by If-Match
	fresh   bool // after a look at the task
	again   bool // repeated although it succeeded
	misused bool // its key is used for another update afterwards
	old     bool // an update that succeeded long ago is repeated before
	pause   time.Duration
	enabled *bool
}

// longestPause is how long a caller rests between operations.
const longestPause = 150 * time.Millisecond

func (c *caller) choose() choice {
	chance := func(percent int) bool { return c.source.IntN(100) < percent }
	present := len(c.system.tasks) - 1
	picked := choice{
		task: c.source.IntN(present), isRead: chance(25), keyed: chance(60), guarded: chance(40), fresh: chance(50),
		again: chance(15), misused: chance(10), old: chance(15), pause: time.Duration(c.source.Int64N(int64(longestPause))), enabled: []*bool{nil, nil, new(true), new(false)}[c.source.IntN(4)],
	}
	switch {
	case chance(3):
		picked.task = present
	case chance(60):
		picked.task = 0 // the hot one
	}
	return picked
}

// operate carries out one operation: a read, or an update with all its repeats.
func (c *caller) operate() {
	picked := c.choose()
	time.Sleep(picked.pause)
	if picked.old && len(c.earlier) > 0 {
		repeated := c.earlier[c.source.IntN(len(c.earlier))]
		c.insist(repeated.task, repeated.request)
	}
	if picked.isRead || picked.guarded && picked.fresh {
		c.read(picked.task)
	}
	if picked.isRead {
		return
	}
	r := c.request(picked)
	answer := c.insist(picked.task, r)
	if picked.keyed && answer.Status == http.StatusOK {
		c.earlier = append(c.earlier, sent{picked.task, r})
		if picked.again {
			c.call(picked.task, r)
		}
		if picked.misused {
			r.Update = linearizability.Update{Writer: r.Writer + "-misused", Token: r.Token}
			c.call(picked.task, r)
		}
	}
}

func (c *caller) read(task int) {
	answer := c.histories[task].Record(c.number, nil, func() linearizability.Answer {
		return linearizability.Answer{Status: http.StatusOK, Shown: c.system.read(c.t, c.system.tasks[task])}
	})
	c.seen[task] = answer.Shown
}

// request makes a new update. Clients count their keys alike, because a key is the client's own.
func (c *caller) request(picked choice) request {
	c.updates++
	writer := fmt.Sprintf("%d-%d", c.number, c.updates)
	r := request{client: "client-" + strconv.Itoa(c.number), task: c.system.tasks[picked.task]}
	r.Update = linearizability.Update{Writer: writer, Token: writer, Enabled: picked.enabled}
	if picked.keyed {
		r.key = strconv.Itoa(c.updates)
	}
	if picked.guarded {
		r.IfMatch = c.seen[picked.task].ETag
	}
	return r
}

// patience is how often a caller sends an update whose outcome it does not know.
const patience = 3

// insist sends an update, and if it has a key again until its outcome is known, or the caller gives up.
func (c *caller) insist(task int, r request) (answer linearizability.Answer) {
	for range patience {
		answer = c.call(task, r)
		unknown := answer.Status == http.StatusServiceUnavailable || answer.Status == http.StatusTooManyRequests
		if r.key == "" || !unknown {
			break
		}
	}
	return answer
}

func (c *caller) call(task int, r request) linearizability.Answer {
	answer := c.histories[task].Record(c.number, &r.Update, func() linearizability.Answer { return c.function.invoke(c.t, r) })
	if answer.Shown != (linearizability.View{}) {
		c.seen[task] = answer.Shown
	}
	return answer
}
