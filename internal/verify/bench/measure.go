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
}

// bench is where the programs run.
type bench struct {
	stub       *stub
	bundle     string // the root bundle that a chain is checked against
	goSettings []string
}

// environment is a program's environment as Lambda would set it.
func (b *bench) environment(p program) []string {
	return append(append([]string{
		"AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=local", "AWS_SECRET_ACCESS_KEY=local", "AWS_SESSION_TOKEN=local",
		"AWS_LAMBDA_FUNCTION_NAME=bench", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=256", "AWS_LAMBDA_LOG_FORMAT=JSON",
		"AWS_ENDPOINT_URL_DYNAMODB=" + b.stub.url, "TABLE_NAME=tasks", "EVENT_BUS=tasks",
		"SSL_CERT_FILE=" + b.bundle,
	}, p.variables...), b.goSettings...)
}

// sample is the result of one start of a program.
type sample map[metric]float64

// settling is how many invocations after the first are not counted as warm.
const settling = 20

// start starts a program, invokes it once, lets it settle and then invokes it warm.
func (b *bench) start(p program, warm int) (sample, error) {
	running, err := startProcess(p.binary, b.environment(p))
	if err != nil {
		return nil, err
	}
	defer running.stop()
	s := sample{}
	if err := measureStart(running, p.event, s); err != nil {
		return nil, err
	}
	if err := b.measureWarm(running, p.event, s, warm); err != nil {
		return nil, err
	}
	peak, err := running.peakMemory()
	s[peakMemory] = float64(peak) / 1e6
	return s, err
}

func measureStart(running *process, event []byte, s sample) error {
	asked, err := running.awaitNext()
	if err != nil {
		return err
	}
	cpu, err := running.cpuTime()
	if err != nil {
		return err
	}
	s[startWall], s[startCPU] = milliseconds(asked.Sub(running.begun)), milliseconds(cpu)
	first, err := invoke(running, event)
	s[firstWall] = milliseconds(first)
	s[startAndFirst] = s[startWall] + s[firstWall]
	return err
}

func (b *bench) measureWarm(running *process, event []byte, s sample, warm int) error {
	for range settling {
		if _, err := invoke(running, event); err != nil {
			return err
		}
	}
	b.stub.takeCount()
	before, err := running.cpuTime()
	if err != nil {
		return err
	}
	took := make([]float64, warm)
	for i := range took {
		wall, err := invoke(running, event)
		if err != nil {
			return err
		}
		took[i] = milliseconds(wall)
	}
	after, err := running.cpuTime()
	s[warmCPU] = milliseconds(after-before) / float64(warm)
	s[requests] = float64(b.stub.takeCount()) / float64(warm)
	slices.Sort(took)
	s[warmMedian], s[warmP99] = quantile(took, 0.5), quantile(took, 0.99)
	return err
}

// invoke invokes the program once. The answer must be a success.
func invoke(running *process, event []byte) (took time.Duration, err error) {
	body, took, err := running.invoke(event)
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
		if _, err := invoke(running, p.event); err != nil {
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
