package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// samplePause is how often the memory is looked at.
const samplePause = time.Second

// memory watches the processes that this one has started: the function's instances.
type memory struct {
	stop    context.CancelFunc
	samples chan []sample
}

// sample is the resident memory of the largest process, in MB, and how many there are.
type sample struct {
	largest   float64
	processes int
}

// watchMemory samples until it is asked for its report.
func watchMemory(ctx context.Context) *memory {
	ctx, stop := context.WithCancel(ctx)
	m := &memory{stop: stop, samples: make(chan []sample, 1)}
	go func() {
		var taken []sample
		ticks := time.NewTicker(samplePause)
		defer ticks.Stop()
		for {
			select {
			case <-ticks.C:
				if s, err := look(ctx); err == nil && s.processes > 0 {
					taken = append(taken, s)
				}
			case <-ctx.Done():
				m.samples <- taken
				return
			}
		}
	}()
	return m
}

// look asks ps, which every Unix has, for the children of this process, without ps itself.
func look(ctx context.Context) (s sample, err error) {
	out, err := exec.CommandContext(ctx, "ps", "-A", "-o", "ppid=,rss=,comm=").Output()
	if err != nil {
		return s, err
	}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		if len(fields) < 3 || fields[0] != strconv.Itoa(os.Getpid()) || strings.HasSuffix(fields[2], "ps") {
			continue
		}
		kilobytes, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return s, err
		}
		s.largest = max(s.largest, kilobytes/1000)
		s.processes++
	}
	return s, nil
}

// growth is how much more memory than in the middle of the run its end may show.
const growth = 1.25

// report prints start, middle and end. Memory that grows is an error; the phases differ in how many instances
// they need, not in what one needs.
func (m *memory) report(w io.Writer) error {
	m.stop()
	taken := <-m.samples
	if len(taken) < 3 {
		fmt.Fprintln(w, "memory: the run was too short, or ps is missing")
		return nil
	}
	start, middle, end := taken[0], taken[len(taken)/2], taken[len(taken)-1]
	fmt.Fprintf(w, "memory of the largest instance: %.1f MB at the start, %.1f in the middle, %.1f at the end; instances %d, %d, %d\n",
		start.largest, middle.largest, end.largest, start.processes, middle.processes, end.processes)
	if end.largest > middle.largest*growth {
		return fmt.Errorf("memory grew from %.1f MB in the middle of the run to %.1f MB at its end", middle.largest, end.largest)
	}
	return nil
}
