package linearizability_test

import (
	"time"

	"accounttasks/internal/verify/linearizability"
)

// action is what a caller does next.
type action int

const (
	changes action = iota
	reads
	lists
)

// choice is a caller's decision before an operation. All of it is drawn at once, so that the results of calls hardly
// affect later choices.
type choice struct {
	action  action
	verb    linearizability.Verb
	task    *subject
	keyed   bool
	guarded bool                 // by If-Match
	fresh   bool                 // after a look at the task
	again   bool                 // repeated although it succeeded
	misused bool                 // its key is used for another change afterwards:
	other   linearizability.Verb // what that one does
	old     bool                 // a change that succeeded long ago is repeated before
	rest    time.Duration
	enabled *bool
}

// longestPause is the longest pause of a caller between operations.
const longestPause = 150 * time.Millisecond

func (c *caller) choose() choice {
	chance := func(percent int) bool { return c.source.IntN(100) < percent }
	picked := choice{
		verb: linearizability.Updates, keyed: chance(60), guarded: chance(40), fresh: chance(50), again: chance(30), misused: chance(20),
		other: linearizability.Updates, old: chance(20), rest: time.Duration(c.source.Int64N(int64(longestPause))),
		enabled: []*bool{nil, nil, new(true), new(false)}[c.source.IntN(4)],
	}
	if chance(25) {
		picked.other = linearizability.Deletes
	}
	hot, draw, known := chance(50), c.source.IntN(1<<16), c.known()
	picked.task = known[draw%len(known)]
	if hot {
		picked.task = c.system.tasks[0]
	}
	switch at := c.source.IntN(100); {
	case at < 15:
		picked.action, picked.task = reads, c.system.tasks[draw%len(c.system.tasks)]
	case at < 20:
		picked.action = lists
	case at < 35:
		picked.verb, picked.guarded = linearizability.Registers, false
		own := c.registrable()
		picked.task = own[draw%len(own)]
		picked.other = linearizability.Registers
		if hot {
			picked.other = linearizability.Updates
		}
	case at < 48 && picked.task != c.system.tasks[0]:
		picked.verb, picked.other = linearizability.Deletes, linearizability.Updates // all deletes of a task are alike
	case at < 50:
		picked.task = c.system.tasks[absent]
	}
	return picked
}

// known returns the tasks that the caller can know.
func (c *caller) known() (tasks []*subject) {
	for _, each := range c.system.tasks {
		if each.client == "" || c.seen[each] != (linearizability.View{}) {
			tasks = append(tasks, each)
		}
	}
	return tasks
}

// registrable returns the tasks that the caller can register: those with its client's keys, which the other processes
// of the client register too, and once a task without a key.
func (c *caller) registrable() (tasks []*subject) {
	for _, each := range c.system.tasks {
		if each.client == c.client && (each.key != "" || each == c.own) {
			tasks = append(tasks, each)
		}
	}
	return tasks
}
