package main

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
)

func TestEveryItemIsWrittenOnce(t *testing.T) {
	written := make([]atomic.Int32, 1000)
	all := make([]int, len(written))
	for i := range all {
		all[i] = i
	}
	err := writeAll(t.Context(), all, func(_ context.Context, i int) error { written[i].Add(1); return nil })
	if err != nil {
		t.Fatal(err)
	}
	for i := range written {
		if n := written[i].Load(); n != 1 {
			t.Fatalf("item %d was written %d times, want once", i, n)
		}
	}
}

func TestWritingEndsWithTheFirstFailure(t *testing.T) {
	var begun atomic.Int32
	err := writeAll(t.Context(), make([]int, 1000), func(context.Context, int) error { begun.Add(1); return errors.New("no table") })
	if err == nil || !strings.Contains(err.Error(), "broken off after 0 of 1000") || begun.Load() > writers {
		t.Errorf("got %v after %d writes", err, begun.Load())
	}
}

func TestCtrlCLetsWritesUnderWayEnd(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	var ended atomic.Int32
	err := writeAll(ctx, make([]int, 1000), func(ctx context.Context, _ int) error {
		interrupt()
		ended.Add(1)
		return ctx.Err()
	})
	if err == nil || !errors.Is(err, context.Canceled) || ended.Load() > writers {
		t.Errorf("got %v after %d writes", err, ended.Load())
	}
}

func TestCtrlCAfterTheLastWriteIsNoFailure(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	if err := writeAll(ctx, []int{1}, func(context.Context, int) error { interrupt(); return nil }); err != nil {
		t.Errorf("got %v, want success: everything was written", err)
	}
}
