// Command bench compares the function with floors: programs that do less and so show the least that a function of its
// kind can cost. With -peers it compares the function with other programs that put one item. It starts them as Lambda
// would, as processes with a Runtime API, against a stub of DynamoDB. The stub speaks TLS, and its certificate is checked
// against a root bundle of a realistic size. The command prints tables.
//
// The programs take turns: a round is one start of each, and one more under each share of CPU time. Ratios are taken
// within a round, so that a disturbance of the machine affects all programs.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// options are the command's flags.
type options struct {
	host, arm64, events, record string
	peers, show                 bool
	rounds, invocations         int
	answerTime                  time.Duration
}

func main() {
	var o options
	flag.StringVar(&o.host, "host", "", "folder of the programs built for this machine")
	flag.StringVar(&o.arm64, "arm64", "", "folder of the same programs built for Lambda on arm64")
	flag.StringVar(&o.events, "events", "events/http", "folder of the events that the programs are invoked with")
	flag.BoolVar(&o.peers, "peers", false, "compare with other programs that put one item, not with floors")
	flag.StringVar(&o.record, "record", "", "root of the checkout that keeps the figures; empty: they are only printed")
	flag.BoolVar(&o.show, "show", false, "measure nothing; write the figures that -record has kept into its documents and picture")
	flag.IntVar(&o.rounds, "rounds", 10, "how often each program is started")
	flag.IntVar(&o.invocations, "invocations", 80, "how often a start is invoked warm")
	flag.DurationVar(&o.answerTime, "answer-time", 3*time.Millisecond, "how long the stub of DynamoDB takes to answer")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	if o.show {
		return show(o.record)
	}
	scratch, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	b, err := newBench(o, scratch)
	if err != nil {
		return err
	}
	defer b.close()
	c, err := comparisonOf(o, filepath.Join(scratch, "none"))
	if err != nil {
		return err
	}
	r, err := b.rounds(c.programs, o)
	if err != nil {
		return err
	}
	measured := c.figures(r)
	measured.Conditions = b.conditions(o)
	if !o.peers {
		if measured.Worst, err = b.worstBodies(c.programs[0]); err != nil {
			return err
		}
	}
	fmt.Print(measured.markdown())
	if o.record == "" {
		return nil
	}
	return record(o.record, c.name, measured)
}

// newBench starts what the programs run against.
func newBench(o options, scratch string) (*bench, error) {
	b := &bench{bundle: filepath.Join(scratch, "roots.pem")}
	authority, err := newAuthority()
	if err != nil {
		return nil, err
	}
	if b.roots, err = authority.writeBundle(b.bundle); err != nil {
		return nil, err
	}
	certificate, err := authority.serverCertificate()
	if err != nil {
		return nil, err
	}
	if b.groups, err = openCPUGroups(scratch); err != nil {
		fmt.Fprintf(os.Stderr, "bench: NOT MEASURED: Lambda's shares of CPU time. They need control groups of Linux that this user can write:\n%v\n", err)
		b.groups = nil
	}
	b.stub, err = startStub(certificate, o.answerTime)
	return b, err
}

func (b *bench) close() {
	b.stub.close()
	if b.groups != nil {
		b.groups.close()
	}
}

// rounds runs the programs in turn; each round begins with another program. The first round also has the sizes.
func (b *bench) rounds(programs []program, o options) (results, error) {
	r := results{}
	for round := range o.rounds {
		samples := make([]sample, len(programs))
		for i := range samples {
			samples[i] = sample{}
		}
		for _, share := range b.shares() {
			for i := range programs {
				at := (round + i) % len(programs)
				if err := b.measure(programs[at], share, o, samples[at]); err != nil {
					return nil, fmt.Errorf("%s: %w", programs[at].name, err)
				}
			}
		}
		for i, p := range programs {
			r[p.name] = append(r[p.name], samples[i])
		}
	}
	for _, p := range programs {
		if err := b.addSizes(p, o, r[p.name][0]); err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return r, nil
}

// shares are the shares that can be measured here.
func (b *bench) shares() []share {
	if b.groups == nil {
		return []share{whole}
	}
	return append([]share{whole}, shares...)
}

// measure adds one start of the program to the sample.
func (b *bench) measure(p program, share share, o options, s sample) error {
	switch {
	case share == whole:
		return b.start(p, o.invocations, s)
	case p.throttled:
		return b.startThrottled(p, share, s)
	}
	return nil
}

// addSizes adds the values that are the same in every round.
func (b *bench) addSizes(p program, o options, s sample) error {
	var errs [5]error
	s[binaryHost], errs[0] = binarySize(p.binary)
	s[zipHost], errs[1] = zipSize(p.binary)
	if p.foreign {
		return cmp.Or(errs[:]...)
	}
	arm := filepath.Join(o.arm64, filepath.Base(p.binary))
	s[allocated], errs[2] = b.measureAllocation(p, 5*o.invocations)
	s[binaryArm], errs[3] = binarySize(arm)
	s[zipArm], errs[4] = zipSize(arm)
	return cmp.Or(errs[:]...)
}

// conditions is a sentence that says how the figures were measured.
func (b *bench) conditions(o options) string {
	return fmt.Sprintf("%s, %d cores, %s/%s, %s; %d rounds of %d warm invocations; DynamoDB answers after %v; %d root certificates.",
		processorModel(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), o.rounds, o.invocations, o.answerTime, b.roots)
}
