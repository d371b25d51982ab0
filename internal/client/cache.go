package client

import (
	"sync"
	"time"

	"accounttasks/internal/task"
)

// What an instance remembers about valid access tokens.
const (
	// CacheAge is how long a valid token is accepted without reading the table again. A removed client has access for
	// at most this time.
	CacheAge = 60 * time.Second
	// CacheSize is the maximum number of tokens in the cache; each takes about 300 bytes.
	CacheSize = 1024
)

// cache remembers the callers of valid tokens by the tokens' hashes. Times are from the wall clock, because the
// monotonic clock stands still while a sandbox is frozen.
type cache struct {
	mu      sync.Mutex
	entries map[string]entry
	// order has the hashes in the order in which they were put, the oldest first.
	order []string
}

type entry struct {
	caller             task.Caller
	checked, expiresAt time.Time
}

// get returns the caller of a token that was checked less than CacheAge ago.
func (c *cache) get(hash string, now time.Time) (task.Caller, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.entries[hash]
	if !ok || !found.isFresh(now) {
		return task.Caller{}, false
	}
	return found.caller, true
}

// isFresh also refuses an entry from the future, because the clock has been set back since.
func (e entry) isFresh(now time.Time) bool {
	age := now.Sub(e.checked)
	return age >= 0 && age < CacheAge && now.Before(e.expiresAt)
}

// put remembers a caller. If the cache is full, it removes the oldest entry.
func (c *cache) put(hash string, e entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.entries[hash]; known {
		c.drop(hash)
	}
	if len(c.order) == CacheSize {
		c.drop(c.order[0])
	}
	if c.entries == nil {
		c.entries = map[string]entry{}
	}
	c.entries[hash] = e
	c.order = append(c.order, hash)
}

func (c *cache) drop(hash string) {
	delete(c.entries, hash)
	for i, h := range c.order {
		if h == hash {
			c.order = append(c.order[:i], c.order[i+1:]...)
			return
		}
	}
}
