package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

const (
	// writers is how many writes are under way at a time: ten thousand take seconds, and a table that has just
	// been made is not throttled.
	writers = 16
	// writeLimit is how long a write may take, repeats included.
	writeLimit = 20 * time.Second
)

// writeAll writes every item, several at a time. The error says how far it came.
func writeAll[T any](ctx context.Context, items []T, write func(context.Context, T) error) error {
	written, err := doAll(ctx, items, write)
	if err != nil && written < len(items) {
		return fmt.Errorf("broken off after %d of %d; run the command again, it writes the rest: %w", written, len(items), err)
	}
	return nil
}

// doAll does something with every item, several at a time. It begins no call after one has failed or the operator has
// pressed Ctrl-C, and lets those under way end. done counts those that succeeded.
func doAll[T any](ctx context.Context, items []T, do func(context.Context, T) error) (done int, failed error) {
	var (
		mu      sync.Mutex
		next    int
		running sync.WaitGroup
	)
	take := func() (item T, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		if failed == nil {
			failed = context.Cause(ctx)
		}
		if failed != nil || next == len(items) {
			return item, false
		}
		next++
		return items[next-1], true
	}
	note := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if err == nil {
			done++
		} else if failed == nil {
			failed = err
		}
	}
	for range writers {
		running.Go(func() {
			for item, ok := take(); ok; item, ok = take() {
				within, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeLimit)
				note(do(within, item))
				cancel()
			}
		})
	}
	running.Wait()
	return done, failed
}
