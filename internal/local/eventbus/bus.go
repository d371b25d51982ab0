package eventbus

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
)

// DefaultBus is the bus of events and rules that name none.
const DefaultBus = "default"

// Rule sends the events of a bus that match a pattern to functions.
type Rule struct {
	// Name is the rule's logical id.
	Name string
	// Bus is the name of the rule's bus.
	Bus string
	// Pattern is what an event must match.
	Pattern Pattern
	// Functions are the logical ids of the rule's targets.
	Functions []string
}

// Config is what the buses need. Send is required.
type Config struct {
	// Buses are the names of the buses besides the default one.
	Buses []string
	Rules []Rule
	// Send hands an event to a function and must not block.
	Send func(function string, event []byte)
	// Taken is called for every event that a bus accepts; nil means no call.
	Taken func(source, detailType string, detail []byte)
	// Region and AccountID are named in events.
	Region, AccountID string
	// Twice is the share of deliveries, from 0 to 1, that are made twice. Seed decides which.
	Twice float64
	Seed  uint64
	// Now is the clock; time.Now where nil.
	Now func() time.Time
}

// Bus is an http.Handler that takes PutEvents for all buses. It is safe for
// concurrent use.
type Bus struct {
	config Config

	mu     sync.Mutex
	random *rand.Rand
}

// New returns the buses with their rules.
func New(c Config) *Bus {
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Bus{config: c, random: rand.New(rand.NewPCG(c.Seed, 0))}
}

// known reports whether a bus exists.
func (b *Bus) known(bus string) bool {
	return bus == DefaultBus || slices.Contains(b.config.Buses, bus)
}

// event is the document that a rule's targets get.
type event struct {
	Version    string          `json:"version"`
	ID         string          `json:"id"`
	DetailType string          `json:"detail-type"`
	Source     string          `json:"source"`
	Account    string          `json:"account"`
	Time       string          `json:"time"`
	Region     string          `json:"region"`
	Resources  []string        `json:"resources"`
	Detail     json.RawMessage `json:"detail"`
}

// put delivers a checked entry and returns the event's id.
func (b *Bus) put(e entry) (id string) {
	at := b.config.Now()
	if e.Time != nil {
		at = time.UnixMilli(int64(*e.Time * 1000))
	}
	made := event{
		Version: "0", ID: uuid.NewString(), DetailType: e.DetailType, Source: e.Source,
		Account: b.config.AccountID, Time: at.UTC().Format(time.RFC3339), Region: b.config.Region,
		Resources: append([]string{}, e.Resources...), Detail: json.RawMessage(e.Detail),
	}
	if b.config.Taken != nil {
		b.config.Taken(e.Source, e.DetailType, []byte(e.Detail))
	}
	document, _ := json.Marshal(made) // it cannot fail: the detail is valid JSON
	for _, rule := range b.config.Rules {
		if rule.Bus == e.bus() && rule.Pattern.matches(document) {
			b.deliver(rule.Functions, document)
		}
	}
	return made.ID
}

// deliver sends the event to each function, at times twice.
func (b *Bus) deliver(functions []string, document []byte) {
	for _, function := range functions {
		b.config.Send(function, document)
		if b.again() {
			b.config.Send(function, document)
		}
	}
}

func (b *Bus) again() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.random.Float64() < b.config.Twice
}
