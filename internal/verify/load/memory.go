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

// samplePause is how often the memory is looked at.
const samplePause = 500 * time.Millisecond

// memory watches the processes that this one has started: the function's instances.
type memory struct {
	stop  context.CancelFunc
	taken chan []sample
}

// sample is the resident memory of the function's instances in MB, how many there are, and how many goroutines the
// stack and the load generator have.
type sample struct {
	largest, sum          float64
	instances, goroutines int
}

// watchMemory samples until it is asked for its report.
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

// look asks ps, which every Unix has, for the children of this process.
func look(ctx context.Context) (sample, error) {
	out, err := exec.CommandContext(ctx, "ps", "-A", "-o", "ppid=,rss=,comm=").Output()
	if err != nil {
		return sample{}, err
	}
	s, err := readSample(string(out), os.Getpid())
	s.goroutines = runtime.NumGoroutine()
	return s, err
}

// readSample adds up the children of a process, without ps itself, in a listing of parent, kilobytes and command.
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
	// enough is how many samples a verdict needs.
	enough = 10
	// growth is how much more memory than in the middle of the run its end may show.
	growth = 1.25
)

// checkGrowth prints start, middle and end, each a mean of some samples. Memory that grows is an error. The phases
// differ in how many instances they need, not in what one needs, so the largest is compared.
func checkGrowth(w io.Writer, taken []sample) error {
	if len(taken) < enough {
		return errors.New("the run was too short to see its memory, or there is no ps")
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
