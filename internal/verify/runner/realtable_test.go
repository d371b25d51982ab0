package runner

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/app"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/dynamo/dynamotest"
	localtable "accounttasks/internal/local/table"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
	"accounttasks/internal/verify/faults"
)

// TestWhatIsDueRunsOnTheTable plays hours of tasks with the function itself on the embedded table, with the fault
// network in between. The index does not lag here.
func TestWhatIsDueRunsOnTheTable(t *testing.T) {
	for mix, least := range map[string]int{"all": 1, "lost-answers": 0, "late": 0, "hot": 0} {
		number := max(least, *plays/150)
		if number == 0 {
			continue // in the long run only
		}
		t.Run(mix, func(t *testing.T) {
			claims := 0
			for n := range uint64(number) {
				synctest.Test(t, func(t *testing.T) {
					claims += checked(t, *seed+n, playOnTable(t, *seed+n, mix))
				})
			}
			mustHaveRun(t, claims)
		})
	}
}

// onTable are the options of a play on the table.
var onTable = options{
	length: 8 * time.Hour, tasks: 4, edits: 15, orders: 8, busFaults: 20, kill: 2, outages: 1,
	skew: 2 * time.Second, late: 59 * time.Second, doubled: 20, timeout: 40 * time.Minute,
}

// real is a play on the table.
type real struct {
	*play
	t       *testing.T
	seed    uint64
	name    string
	engine  *observed
	client  *dynamodb.Client // without faults
	network *faults.Network
	mix     faults.Mix
	bus     *lossyBus
	work    sync.WaitGroup
	shards  map[int]bool // those that have a task

	mu        sync.Mutex
	instances uint64
}

func playOnTable(t *testing.T, seed uint64, mix string) *play {
	time.Sleep(time.Until(epoch))
	w := newWorld(rand.New(rand.NewPCG(seed, 0)))
	w.now = epoch
	p := &play{options: onTable, world: w, table: newTable(w), bus: newBus(w, 0), end: epoch.Add(onTable.length), worked: map[uuid.UUID]bool{}, uncounted: 11}
	from := epoch.Add(w.between(2*time.Hour, 4*time.Hour))
	p.outages = []outage{{from, from.Add(pick(w, 3*time.Minute, 20*time.Minute, 70*time.Minute))}}
	s := &real{play: p, t: t, seed: seed, name: "tasks", shards: map[int]bool{}, mix: faults.Mixes[mix],
		bus: &lossyBus{faults: p.busFaults, rand: rand.New(rand.NewPCG(seed, 1)), play: p}}
	s.bus.work = s.receive
	s.start()
	for n := range p.tasks {
		s.register(n)
	}
	var parts []func()
	for n, r := range p.rows {
		apart := s.apart(100 + n)
		parts = append(parts, func() { s.edit(apart, r) })
	}
	for n := range p.orders {
		apart := s.apart(200 + n)
		parts = append(parts, func() { s.order(apart, n) })
	}
	ticks := s.apart(1)
	parts = append(parts, func() { s.ticks(ticks) })
	for _, part := range parts {
		s.work.Go(part)
	}
	s.work.Wait()
	s.network.Drain()
	if err := s.network.Failure(); err != nil {
		t.Fatal(err)
	}
	return p
}

// apart is the play with a separate random source. Once the parts of the play run, it is called with the engine's lock held.
func (s *real) apart(n int) *play {
	p := *s.play
	p.world = newWorld(rand.New(rand.NewPCG(s.seed, uint64(n))))
	return &p
}

func (s *real) start() {
	s.engine = &observed{engine: localtable.NewEngine(), play: s.play}
	own := dynamotest.NewClient(s.t, "http://table.example")
	through := func(way http.RoundTripper) *dynamodb.Client {
		return dynamodb.New(own.Options(), func(o *dynamodb.Options) {
			o.HTTPClient = &http.Client{Transport: way, Timeout: 1500 * time.Millisecond}
		})
	}
	s.engine.direct = dynamo.NewTable(through(unobserved{s.engine}), s.name).Runs()
	s.client = through(s.engine)
	s.network = faults.NewNetwork(s.engine)
	dynamotest.CreateTable(s.t, s.client, s.name)
	dynamotest.StartRuns(s.t, dynamodb.New(own.Options(), func(o *dynamodb.Options) {
		o.HTTPClient = &http.Client{Transport: unobserved{s.engine}}
	}), s.name, started.From)
}

func (s *real) register(n int) {
	id := uuid.UUID{15: byte(n + 1)} // the all-zero id is not one
	r := &row{State: run.State{AccountID: "account", Task: task.Task{ID: id, Enabled: true, DateCreated: epoch}}}
	s.redefine(r)(&r.Task)
	s.table.tasks[r.Ref()] = r
	s.rows = append(s.rows, r)
	r.Revision = task.Revision{Version: 1, Token: "registered"}
	if _, err := dynamo.NewTable(s.client, s.name).Register(s.t.Context(), task.Registration{AccountID: r.AccountID, Task: r.Task}); err != nil {
		s.t.Fatal(err)
	}
	for shard := range run.Shards {
		page, _, err := s.engine.direct.Due(s.t.Context(), shard, epoch, "")
		if err != nil {
			s.t.Fatal(err)
		}
		s.shards[shard] = s.shards[shard] || len(page) > 0
	}
	r.versions, r.looks = []version{{epoch, epoch, r.Task, false}}, nil
}

// edit edits a task, most of the time around an occurrence, in bursts.
func (s *real) edit(p *play, r *row) {
	table, ref := dynamo.NewTable(s.client, s.name), s.current(r).Ref()
	for n := range p.edits {
		p.now = time.Now()
		when := p.now.Add(p.between(time.Second, 2*p.length/time.Duration(p.edits)))
		near := calendar{s.current(r).Task}.next(p.now)
		if !near.IsZero() && near.Before(p.now.Add(2*time.Hour)) && p.percent(60) {
			when = near.Add(p.between(-90*time.Second, 130*time.Second).Truncate(time.Second))
		}
		for burst := range pick(p.world, 1, 1, 1, 2, 4) {
			time.Sleep(max(time.Millisecond, when.Sub(p.now)))
			p.now = time.Now()
			if p.now.After(p.end.Add(-time.Hour)) {
				return
			}
			if p.percent(1) {
				s.must(table.Delete(s.t.Context(), task.Deletion{AccountID: ref.AccountID, ID: ref.ID, DeletedAt: p.now, Token: "deleted"}))
				return
			}
			s.must(table.Update(s.t.Context(), s.update(p, r, fmt.Sprintf("edit-%d-%d", n, burst))))
			when = p.now.Add(pick(p.world, time.Millisecond, 300*time.Millisecond, 2*time.Second, 10*time.Second, 35*time.Second, 70*time.Second))
		}
	}
}

func (s *real) current(r *row) run.State {
	s.engine.mu.Lock()
	defer s.engine.mu.Unlock()
	return r.State
}

func (s *real) update(p *play, r *row, token string) task.ConditionalUpdate {
	s.engine.mu.Lock()
	change, current, ref := p.redefine(r), r.Task, r.Ref()
	s.engine.mu.Unlock()
	change(&current)
	on, off := true, false
	enabled := pick(p.world, nil, nil, nil, &on, &on, &off)
	if !current.Enabled {
		enabled = pick(p.world, &on, &on, nil)
	}
	return task.ConditionalUpdate{
		AccountID: ref.AccountID, ID: ref.ID, Definition: current.Definition, Enabled: enabled, Name: "task", ModifiedBy: "user",
		ModifiedAt: time.Now().Add(p.between(-p.skew, p.skew)), Token: token, Fingerprint: token,
	}
}

func (s *real) must(_ task.Result, err error) {
	if err != nil {
		s.t.Errorf("an edit failed: %v", err)
	}
}

// order makes a caller run a task now, around a tick, and repeat the call if it has a key.
func (s *real) order(p *play, n int) {
	time.Sleep(p.between(0, p.length-2*time.Hour).Truncate(time.Minute) + pick(p.world, p.between(0, time.Minute), 0, 200*time.Millisecond))
	ref, keyed := s.current(s.rows[p.rand.IntN(len(s.rows))]).Ref(), p.percent(60)
	for range 4 {
		made := &call{Order: run.Order{Ref: ref, User: "user", Token: fmt.Sprintf("token-%d", n), Fingerprint: "run"}, keyed: keyed}
		s.engine.mu.Lock()
		s.calls = append(s.calls, made)
		s.engine.mu.Unlock()
		instance := s.instance()
		_, err := run.NewRunner(s.runs(instance), instance, s.timeout, time.Now).Now(s.t.Context(), made.Order)
		if made.err = err; !instance.dead {
			made.done = true
		}
		time.Sleep(pick(p.world, 50*time.Millisecond, 3*time.Second, 40*time.Second, 5*time.Minute))
		if !keyed || made.done && made.err == nil && p.percent(50) {
			return
		}
	}
}

func (s *real) instance() *mortal {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.instances++
	return &mortal{
		link: s.network.Link(s.mix.Fates(s.seed, s.instances, 8*time.Second)), bus: s.bus, kill: s.kill,
		rand: rand.New(rand.NewPCG(s.seed, 1000+s.instances)),
	}
}

// fewShards is a table that queries only the shards with tasks, because querying the empty ones takes most of a play's
// time.
type fewShards struct {
	dynamo.Runs
	used map[int]bool
}

// Due implements run.Store.
func (f fewShards) Due(ctx context.Context, shard int, until time.Time, cursor string) ([]run.Key, string, error) {
	if !f.used[shard] {
		return nil, "", nil
	}
	return f.Runs.Due(ctx, shard, until, cursor)
}

func (s *real) runs(instance *mortal) run.Store {
	client := dynamodb.New(s.client.Options(), func(o *dynamodb.Options) {
		o.HTTPClient = &http.Client{Transport: instance, Timeout: 1500 * time.Millisecond}
	})
	return fewShards{dynamo.NewTable(client, s.name).LogTo(slog.New(slog.DiscardHandler)).Runs(), s.shards}
}

// ticks invokes the function each minute: late, twice, or not at all.
func (s *real) ticks(p *play) {
	var running sync.WaitGroup
	for tick := epoch; !tick.After(p.end.Add(30 * time.Minute)); tick = tick.Add(time.Minute) {
		time.Sleep(time.Until(tick))
		if o := p.outages[0]; !tick.Before(o.from) && tick.Before(o.to) {
			continue
		}
		times := 1
		if p.percent(p.doubled) {
			times = 2
		}
		late := p.between(0, p.late)
		for range times {
			late += pick(p.world, 0, 0, 5*time.Millisecond, 20*time.Second)
			pause := late
			running.Go(func() {
				time.Sleep(pause)
				s.tick(tick)
			})
		}
	}
	running.Wait()
}

// tick invokes one instance of the function.
func (s *real) tick(at time.Time) {
	instance := s.instance()
	function := app.NewRunnerOn(s.runs(instance), instance, s.timeout, app.Environment{
		Getenv: func(string) string { return "" }, Now: time.Now, Log: slog.New(slog.DiscardHandler), Metrics: io.Discard,
	})
	event, _ := json.Marshal(map[string]time.Time{"scheduledTime": at})
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	// The errors are failures of the table and the bus; the next tick continues.
	_, _ = function.Invoke(ctx, event)
}
