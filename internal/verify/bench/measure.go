package main

import (
	"bytes"
	"fmt"
	"slices"
	"time"
)

// program is one of the compared programs: a binary with the event of its invocations and what it needs in its
// environment.
type program struct {
	name, binary string
	event        []byte
	variables    []string
	throttled    bool // whether it is also measured under the shares
	foreign      bool // built for this machine alone, with another language's tools
}

// bench is where the programs run.
type bench struct {
	stub       *stub
	bundle     string     // the root bundle that a chain is checked against
	roots      int        // certificates in it
	groups     *cpuGroups // nil where the CPU time cannot be limited
	goSettings []string
}

// environment is a program's environment as Lambda would set it.
func (b *bench) environment(p program) []string {
	return append(append([]string{
		"AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=local", "AWS_SECRET_ACCESS_KEY=local", "AWS_SESSION_TOKEN=local",
		"AWS_LAMBDA_FUNCTION_NAME=bench", "AWS_LAMBDA_FUNCTION_VERSION=1",
		"AWS_LAMBDA_LOG_GROUP_NAME=bench", "AWS_LAMBDA_LOG_STREAM_NAME=bench", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=256", "AWS_LAMBDA_LOG_FORMAT=JSON",
		"AWS_ENDPOINT_URL_DYNAMODB=" + b.stub.url, "TABLE_NAME=tasks", "EVENT_BUS=tasks",
		"SSL_CERT_FILE=" + b.bundle,
	}, p.variables...), b.goSettings...)
}

// sample holds the results of one round of a program: of one start without a limit, and of one start for each share.
type sample map[metric]float64

const (
	// settling is how many invocations after the first are not counted as warm.
	settling = 20
	// throttledSettling and throttledWarm are these numbers, and that of the warm invocations, under a share. Each
	// invocation waits for a new period.
	throttledSettling = 3
	throttledWarm     = 10
)

// start starts a program, invokes it once, lets it settle and then invokes it warm.
func (b *bench) start(p program, warm int, s sample) error {
	b.stub.takeCount()
	running, err := startProcess(p.binary, b.environment(p))
	if err != nil {
		return err
	}
	defer running.stop()
	if err := b.measureStart(running, p, whole, s); err != nil {
		return err
	}
	s[firstRequests] = float64(b.stub.takeCount())
	if err := b.measureWarm(running, p, s, warm); err != nil {
		return err
	}
	peak, err := running.peakMemory()
	s[peakMemory] = float64(peak) / 1e6
	return err
}

// startThrottled does the same under a share. As in Lambda, the start is not throttled; from then on each
// invocation begins with a period.
func (b *bench) startThrottled(p program, share share, s sample) error {
	running, err := startProcess(p.binary, b.environment(p))
	if err != nil {
		return err
	}
	defer running.stop()
	if err := b.measureStart(running, p, share, s); err != nil {
		return err
	}
	for range throttledSettling {
		if _, err := invoke(running, p); err != nil {
			return err
		}
	}
	took, cpu, err := invokeWarm(running, p, throttledWarm)
	if err != nil {
		return err
	}
	s[share.metric(warmCPU)], s[share.metric(warmMedian)] = cpu, quantile(took, 0.5)
	return nil
}

// measureStart measures from the start of a process to its second request for an event. The share begins after the
// first.
func (b *bench) measureStart(running *process, p program, share share, s sample) error {
	asked, err := running.awaitNext()
	if err != nil {
		return err
	}
	before, err := running.cpuTime()
	if err != nil {
		return err
	}
	if share != whole {
		if err := running.throttle(b.groups, share); err != nil {
			return err
		}
	}
	first, err := invoke(running, p)
	if err != nil {
		return err
	}
	after, err := running.cpuTime()
	s[share.metric(startWall)], s[share.metric(startCPU)] = milliseconds(asked.Sub(running.begun)), milliseconds(before)
	s[share.metric(firstWall)], s[share.metric(firstCPU)] = milliseconds(first), milliseconds(after-before)
	s[share.metric(startAndFirst)] = s[share.metric(startWall)] + s[share.metric(firstWall)]
	return err
}

func (b *bench) measureWarm(running *process, p program, s sample, warm int) error {
	for range settling {
		if _, err := invoke(running, p); err != nil {
			return err
		}
	}
	b.stub.takeCount()
	took, cpu, err := invokeWarm(running, p, warm)
	if err != nil {
		return err
	}
	s[warmCPU], s[requests] = cpu, float64(b.stub.takeCount())/float64(warm)
	s[warmMedian], s[warmP99] = quantile(took, 0.5), quantile(took, 0.99)
	return nil
}

// invokeWarm invokes the program several times. It returns the times of the answers, sorted, and the mean CPU time, in
// milliseconds.
func invokeWarm(running *process, p program, warm int) (took []float64, cpu float64, err error) {
	before, err := running.cpuTime()
	if err != nil {
		return nil, 0, err
	}
	for range warm {
		wall, err := invoke(running, p)
		if err != nil {
			return nil, 0, err
		}
		took = append(took, milliseconds(wall))
	}
	after, err := running.cpuTime()
	slices.Sort(took)
	return took, milliseconds(after-before) / float64(warm), err
}

// invoke invokes the program once, under a share at the beginning of a period. The answer must be the expected one.
func invoke(running *process, p program) (took time.Duration, err error) {
	if err := running.awaitPeriod(); err != nil {
		return 0, err
	}
	body, took, err := running.invoke(p.event)
	if err == nil && !bytes.Contains(body, []byte(`"statusCode":200`)) {
		err = fmt.Errorf("the function answered %s", body)
	}
	return took, err
}

// measureAllocation returns how much memory an invocation allocates: the growth of a process without garbage
// collection.
func (b *bench) measureAllocation(p program, invocations int) (kilobytes float64, err error) {
	uncollected := *b
	uncollected.goSettings = []string{"GOGC=off"}
	running, err := startProcess(p.binary, uncollected.environment(p))
	if err != nil {
		return 0, err
	}
	defer running.stop()
	if _, err := running.awaitNext(); err != nil {
		return 0, err
	}
	var before int64
	for i := range settling + invocations {
		if i == settling {
			if before, err = running.memory(); err != nil {
				return 0, err
			}
		}
		if _, err := invoke(running, p); err != nil {
			return 0, err
		}
	}
	after, err := running.memory()
	return float64(after-before) / 1e3 / float64(invocations), err
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// quantile returns the q-quantile of sorted values.
func quantile(sorted []float64, q float64) float64 {
	return sorted[int(q*float64(len(sorted)-1)+0.5)]
}
