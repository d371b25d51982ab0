package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// samplePause is the time between two samples of the memory.
const samplePause = 500 * time.Millisecond

// memory watches the processes that this process has started: the function's instances.
type memory struct {
	stop  context.CancelFunc
	taken chan []sample
}

// sample is the resident memory of the function's instances in MB, the number of instances, and the number of
// goroutines of the stack and the load generator.
type sample struct {
	largest, sum          float64
	instances, goroutines int
}

// watchMemory takes samples until its report is read.
func watchMemory(ctx context.Context) *memory {
	ctx, stop := context.WithCancel(ctx)
	m := &memory{stop: stop, taken: make(chan []sample, 1)}
	go func() {
		var taken []sample
		ticks := time.NewTicker(samplePause)
		defer ticks.Stop()
		for {
			select {
			case <-ticks.C:
				if s, err := look(ctx); err == nil && s.instances > 0 {
					taken = append(taken, s)
				}
			case <-ctx.Done():
				m.taken <- taken
				return
			}
		}
	}()
	return m
}

// look takes a sample with ps, which every Unix has: the children of this process.
func look(ctx context.Context) (sample, error) {
	out, err := exec.CommandContext(ctx, "ps", "-A", "-o", "ppid=,rss=,comm=").Output()
	if err != nil {
		return sample{}, err
	}
	s, err := readSample(string(out), os.Getpid())
	s.goroutines = runtime.NumGoroutine()
	return s, err
}

// readSample adds up the children of a process, except ps itself. Each line of the listing has parent, kilobytes and
// command.
func readSample(listing string, parent int) (s sample, err error) {
	for line := range strings.Lines(listing) {
		fields := strings.Fields(line)
		if len(fields) < 3 || fields[0] != strconv.Itoa(parent) || strings.HasSuffix(fields[2], "ps") {
			continue
		}
		kilobytes, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return s, err
		}
		s.largest = max(s.largest, kilobytes/1000)
		s.sum += kilobytes / 1000
		s.instances++
	}
	return s, nil
}

// report prints the run's memory and reports whether it grew.
func (m *memory) report(w io.Writer) error {
	m.stop()
	return checkGrowth(w, <-m.taken)
}

const (
	// enough is the number of samples that a verdict needs.
	enough = 10
	// growth is the maximum ratio of the memory at the end to the memory in the middle of the run.
	growth = 1.25
)

// checkGrowth prints start, middle and end, each a mean of some samples. It returns an error if memory grows. The
// phases need different numbers of instances, but one instance needs the same memory in each, so the largest is
// compared.
func checkGrowth(w io.Writer, taken []sample) error {
	if len(taken) < enough {
		return errors.New("too few samples of the memory: the run was too short, or ps is missing")
	}
	part := len(taken) / 5
	start, middle, end := mean(taken[:part]), mean(taken[2*part:3*part]), mean(taken[len(taken)-part:])
	for _, at := range []struct {
		when string
		sample
	}{{"start", start}, {"middle", middle}, {"end", end}} {
		fmt.Fprintf(w, "memory at the %-6s: largest instance %.1f MB, %d instances %.1f MB; goroutines of the stack %d\n",
			at.when, at.largest, at.instances, at.sum, at.goroutines)
	}
	if end.largest > middle.largest*growth {
		return fmt.Errorf("memory grew from %.1f MB in the middle of the run to %.1f MB at its end", middle.largest, end.largest)
	}
	return nil
}

func mean(samples []sample) (m sample) {
	for _, s := range samples {
		m.largest += s.largest / float64(len(samples))
		m.sum += s.sum / float64(len(samples))
		m.instances, m.goroutines = max(m.instances, s.instances), max(m.goroutines, s.goroutines)
	}
	return m
}
