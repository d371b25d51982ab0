package cutover

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"
)

// Task is a task as the old platform keeps it.
type Task struct {
	Ref
	ClientID   string
	Definition Definition
	Created    time.Time
	Modified   time.Time
	ModifiedBy string
	LastRunOn  time.Time
	LastRunBy  string
	looked     time.Time // until when its occurrences have been looked at
}

// Client is a client of the old platform. Its secret is "secret of " and its id.
type Client struct{ ID, AccountID, UserID, Name string }

// Secret is the client's secret.
func (c Client) Secret() string { return "secret of " + c.ID }

// hash is the PasswordHash of ASP.NET Identity, version 3: PBKDF2 with SHA-256, a thousand iterations and a salt of 16
// bytes.
func (c Client) hash() string {
	const iterations, saltSize, keySize = 1000, 16, 32
	salt := []byte(c.ID[:saltSize])
	key, err := pbkdf2.Key(sha256.New, c.Secret(), salt, iterations, keySize)
	if err != nil {
		panic(err)
	}
	header := []byte{1}
	for _, n := range []uint32{1, iterations, saltSize} {
		header = binary.BigEndian.AppendUint32(header, n)
	}
	return "aspnet:" + base64.StdEncoding.EncodeToString(slices.Concat(header, salt, key))
}

// Platform is the made-up old platform. It runs its own tasks by its own calendar.
type Platform struct {
	Catalogue map[string]string
	Clients   []Client
	Tasks     map[Ref]*Task
	ledger    *Ledger
	rand      *rand.Rand
	stopped   time.Time // from then on it runs nothing; zero while it runs
}

// NewPlatform makes a platform with its tasks, which were created over years before the time now.
func NewPlatform(seed uint64, clients, tasks int, now time.Time, ledger *Ledger) *Platform {
	p := &Platform{Catalogue: map[string]string{}, Tasks: map[Ref]*Task{}, ledger: ledger, rand: rand.New(rand.NewPCG(seed, 0))}
	for n := range 12 {
		p.Catalogue[p.id()] = fmt.Sprintf("Job %d", n)
	}
	for n := range clients {
		account := fmt.Sprintf("%d", 1000+n)
		p.Clients = append(p.Clients, Client{p.id(), account, "user" + account, "Client " + account})
	}
	for n := range tasks {
		created := now.Add(-time.Duration(p.rand.Int64N(int64(2 * 365 * 24 * time.Hour)))).Truncate(time.Millisecond)
		p.add(p.Clients[n%len(p.Clients)], created, now)
	}
	return p
}

func (p *Platform) id() string {
	var id uuid.UUID
	for i := range id {
		id[i] = byte(p.rand.UintN(256))
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id.String()
}

// add registers a task of a client, which was created at a time. It has run until the time now.
func (p *Platform) add(c Client, created, now time.Time) *Task {
	t := &Task{Ref: Ref{c.AccountID, p.id()}, ClientID: c.ID, Created: created, Modified: created, ModifiedBy: c.UserID, looked: now}
	t.Definition = p.Define(created)
	p.Tasks[t.Ref] = t
	if before := t.Definition.Occurrences(t.Created, t.Created, now); len(before) > 0 {
		t.LastRunOn, t.LastRunBy = before[len(before)-1].Add(3*time.Second), "old.scheduler"
	}
	p.ledger.Define(t.Ref, t.Definition, t.Created, now)
	return t
}

// Define draws a definition.
func (p *Platform) Define(at time.Time) Definition {
	d := Definition{Enabled: p.rand.IntN(10) > 0, Frequency: p.frequency(), Parameters: fmt.Sprintf(`{"n":%d}`, p.rand.IntN(1e6)), ContentType: "application/json"}
	entries := slices.Sorted(maps.Keys(p.Catalogue))
	d.TaskID = entries[p.rand.IntN(len(entries))]
	if p.rand.IntN(4) == 0 {
		start := at.Add(time.Duration(1+p.rand.IntN(20*24)) * time.Hour).Truncate(time.Minute)
		d.StartDate = &start
	}
	if p.rand.IntN(10) == 0 {
		finish := at.AddDate(0, p.rand.IntN(30), 0).Truncate(time.Hour)
		if d.StartDate == nil || finish.After(*d.StartDate) {
			d.FinishDate = &finish
		}
	}
	return d
}

func (p *Platform) frequency() string {
	switch n := p.rand.IntN(100); {
	case n < 2:
		return "HOURLY"
	case n < 60:
		return "DAILY"
	case n < 85:
		return "WEEKLY"
	case n < 95:
		return "MONTHLY"
	case n < 97:
		return "YEARLY"
	}
	return "NONE"
}

// Stop makes the platform run nothing that is due at a time or later. Resume makes it run what is due from a time on.
func (p *Platform) Stop(at time.Time) { p.stopped = at }

// Resume makes the platform run what is due from a time on. It leaves out what was due before.
func (p *Platform) Resume(at time.Time) {
	p.stopped = time.Time{}
	for _, t := range p.Tasks {
		if t.looked.Before(at) {
			t.looked = at
		}
	}
}

// Advance runs what is due before a time.
func (p *Platform) Advance(to time.Time) {
	if !p.stopped.IsZero() && to.After(p.stopped) {
		to = p.stopped
	}
	for _, t := range p.Tasks {
		if !t.looked.Before(to) {
			continue
		}
		for _, due := range t.Definition.Occurrences(t.Created, t.looked, to) {
			p.ledger.Ran(Run{t.Ref, due, Old})
			t.LastRunOn, t.LastRunBy = due.Add(3*time.Second), "old.scheduler"
		}
		t.looked = to
	}
}

// Change lets callers change some tasks at a time, which Advance has reached: it redefines some, registers some and deletes
// some.
func (p *Platform) Change(at time.Time, some int) {
	for _, t := range p.Some(some) {
		if p.rand.IntN(5) == 0 {
			p.ledger.End(t.Ref, at)
			delete(p.Tasks, t.Ref)
			continue
		}
		t.Definition, t.Modified, t.ModifiedBy, t.looked = p.Define(at), at, "user"+t.AccountID, at
		p.ledger.Define(t.Ref, t.Definition, t.Created, at)
	}
	for range max(1, some/5) {
		p.add(p.Clients[p.rand.IntN(len(p.Clients))], at, at)
	}
}

// Some are some of the tasks, in the order of a seed.
func (p *Platform) Some(some int) []*Task {
	all := p.sorted()
	p.rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(some, len(all))]
}
