package linearizability_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/verify/linearizability"
)

// caller is one process of a client of the service. It makes one call after the other. Its random source decides which.
type caller struct {
	t        *testing.T
	number   int
	client   string
	system   *system
	instance *instance
	source   *rand.Rand
	seen     map[*subject]linearizability.View // the last that it saw of each task
	changes  int
	earlier  []sent   // changes with a key that succeeded
	own      *subject // the task that it may register without a key; nil when it has
}

// sent is a change of a task that was made with a key.
type sent struct {
	task *subject
	request
}

// operate carries out one operation: a read, a list, or a change with all its repeats.
func (c *caller) operate() {
	picked := c.choose()
	time.Sleep(picked.rest)
	if picked.old && len(c.earlier) > 0 {
		repeated := c.earlier[c.source.IntN(len(c.earlier))]
		c.insist(repeated.task, repeated.request)
		if picked.misused {
			c.misuse(repeated, linearizability.Updates)
		}
	}
	switch picked.action {
	case reads:
		c.read(picked.task)
	case lists:
		c.list(1 + c.source.IntN(5))
	default:
		if picked.guarded && picked.fresh {
			c.read(picked.task)
		}
		c.change(picked)
	}
}

// change makes a change, and then the further calls of the choice.
func (c *caller) change(picked choice) {
	if picked.task == c.own {
		c.own = nil
	}
	r := c.request(picked)
	answer := c.insist(picked.task, r)
	if r.key == "" || answer.Status != http.StatusOK {
		return
	}
	made := sent{picked.task, r}
	c.earlier = append(c.earlier, made)
	if picked.again {
		c.call(picked.task, r)
	}
	if picked.misused {
		c.misuse(made, picked.other)
	}
}

// misuse sends another change with the key of a change.
func (c *caller) misuse(made sent, verb linearizability.Verb) {
	c.changes++
	made.Change = linearizability.Change{Verb: verb, Writer: fmt.Sprintf("%d-%d-misused", c.number, c.changes), Token: made.Token}
	c.call(made.task, made.request)
}

func (c *caller) read(task *subject) {
	end := task.history.Begin(c.number, nil)
	answer := c.instance.read(c.t, task.id)
	end(answer)
	c.seen[task] = answer.Shown
}

// list follows the pages of the list to its end. Each page is a read of every task between its first and its last one.
func (c *caller) list(count int) {
	after, more := uuid.Nil, true
	for more {
		ends := map[*subject]func(linearizability.Answer){}
		for _, each := range c.system.tasks {
			if follows(each.id, after) {
				ends[each] = each.history.Begin(c.number, nil)
			}
		}
		page := c.instance.list(c.t, after, count)
		for _, listed := range page.Tasks {
			task := c.system.byID[listed.ID]
			if task == nil || ends[task] == nil || page.More && follows(listed.ID, page.Next) {
				c.t.Errorf("the page after %s lists the task %s, which is not on it", after, listed.ID)
				continue
			}
			c.seen[task] = viewOf(c.t, listed)
			ends[task](linearizability.Answer{Status: http.StatusOK, Shown: c.seen[task]})
			delete(ends, task)
		}
		for task, end := range ends {
			if !page.More || !follows(task.id, page.Next) {
				end(linearizability.Answer{Status: http.StatusOK})
			}
		}
		more, after = page.More, page.Next
	}
}

// follows reports whether an ID comes after another in a list.
func follows(id, other uuid.UUID) bool { return bytes.Compare(id[:], other[:]) > 0 }

// request makes a new change. The processes of a client use different keys, except for the task that they register. Two
// clients use the same keys.
func (c *caller) request(picked choice) request {
	c.changes++
	writer := fmt.Sprintf("%d-%d", c.number, c.changes)
	r := request{client: c.client, task: picked.task.id}
	r.Change = linearizability.Change{Verb: picked.verb, Writer: writer, Token: writer, Enabled: picked.enabled}
	switch {
	case picked.verb == linearizability.Registers:
		r.key = picked.task.key
	case picked.keyed:
		r.key = fmt.Sprintf("%d-%d", c.number/clientCount, c.changes)
	}
	if r.key != "" {
		r.Token = r.client + " " + r.key
	}
	if picked.guarded {
		r.IfMatch = c.seen[picked.task].ETag
	}
	return r
}

// patience is how many times a caller sends a change while its outcome is unknown.
const patience = 3

// insist sends a change. With a key it repeats the change until its outcome is known, or the caller gives up.
func (c *caller) insist(task *subject, r request) (answer linearizability.Answer) {
	for range patience {
		answer = c.call(task, r)
		unknown := answer.Status == http.StatusServiceUnavailable || answer.Status == http.StatusTooManyRequests
		if r.key == "" || !unknown {
			break
		}
	}
	return answer
}

func (c *caller) call(task *subject, r request) linearizability.Answer {
	end := task.history.Begin(c.number, &r.Change)
	answer := c.instance.carryOut(c.t, r)
	end(answer)
	if answer.Shown != (linearizability.View{}) {
		c.seen[task] = answer.Shown
	}
	return answer
}
