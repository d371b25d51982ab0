// Command bench compares the function with floors: programs that do less and so show the least that a function of its
// kind can cost. It starts them as Lambda would, as processes with a Runtime API, against a stub of DynamoDB. The stub
// speaks TLS, and its certificate is checked against a root bundle of a realistic size. The command prints a table.
//
// The programs take turns: a round is one start of each. Ratios are taken within a round, so that a disturbance of the
// machine affects all programs.
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

// The names of the compared programs, as the table shows them.
const (
	empty       = "empty"
	floor       = "floor"
	floorSingle = "floor, GOMAXPROCS=1"
	floorWarmed = "floor, warmed up"
	unwarmed    = "function, not warmed up"
	function    = "function"
	register    = "function, register"
	read        = "function, read"
)

// options are the command's flags.
type options struct {
	host, arm64, events string
	rounds, invocations int
	answerTime          time.Duration
}

func main() {
	var o options
	flag.StringVar(&o.host, "host", "", "folder of the programs built for this machine")
	flag.StringVar(&o.arm64, "arm64", "", "folder of the same programs built for Lambda on arm64")
	flag.StringVar(&o.events, "events", "events/http", "folder of the events that the programs are invoked with")
	flag.IntVar(&o.rounds, "rounds", 30, "how often each program is started")
	flag.IntVar(&o.invocations, "invocations", 150, "how often a start is invoked warm")
	flag.DurationVar(&o.answerTime, "answer-time", 3*time.Millisecond, "how long the stub of DynamoDB takes to answer")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	scratch, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	b := &bench{bundle: filepath.Join(scratch, "roots.pem")}
	authority, err := newAuthority()
	if err != nil {
		return err
	}
	roots, err := authority.writeBundle(b.bundle)
	if err != nil {
		return err
	}
	certificate, err := authority.serverCertificate()
	if err != nil {
		return err
	}
	if b.stub, err = startStub(certificate, o.answerTime); err != nil {
		return err
	}
	defer b.stub.close()
	programs, err := programsOf(o, filepath.Join(scratch, "none"))
	if err != nil {
		return err
	}
	r, err := b.rounds(programs, o)
	if err != nil {
		return err
	}
	fmt.Printf("%s; %d rounds of %d warm invocations; DynamoDB answers after %v; %d root certificates\n\n",
		machine(), o.rounds, o.invocations, o.answerTime, roots)
	r.writeTable(os.Stdout, programs)
	fmt.Println()
	r.writeTargets(os.Stdout)
	return nil
}

// programsOf returns the compared programs. By default Go also reads the system's folders of certificates, which the
// function does not. The floors get an empty folder.
func programsOf(o options, noCertificates string) ([]program, error) {
	binary := func(name string) string { return filepath.Join(o.host, name) }
	var errs [3]error
	event := func(name string, err *error) (content []byte) {
		content, *err = os.ReadFile(filepath.Join(o.events, name))
		return content
	}
	updating := event("v2-json.json", &errs[0])
	registering, reading := event("v2-register.json", &errs[1]), event("v2-read.json", &errs[2])
	oneBundle := "SSL_CERT_DIR=" + noCertificates
	return []program{
		{empty, binary("empty"), updating, []string{oneBundle}},
		{floor, binary("floor"), updating, []string{oneBundle}},
		{floorSingle, binary("floor"), updating, []string{oneBundle, "GOMAXPROCS=1"}},
		{floorWarmed, binary("floor"), updating, []string{oneBundle, "WARM_UP=1"}},
		{unwarmed, binary("unwarmed"), updating, nil},
		{function, binary("accounttasks"), updating, nil},
		{register, binary("accounttasks"), registering, nil},
		{read, binary("accounttasks"), reading, nil},
	}, cmp.Or(errs[:]...)
}

// rounds runs the programs in turn; each round begins with another program. The first round also has the sizes.
func (b *bench) rounds(programs []program, o options) (results, error) {
	r := results{}
	for round := range o.rounds {
		for i := range programs {
			p := programs[(round+i)%len(programs)]
			s, err := b.start(p, o.invocations)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", p.name, err)
			}
			r[p.name] = append(r[p.name], s)
		}
	}
	for _, p := range programs {
		if err := b.addSizes(p, o, r[p.name][0]); err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return r, nil
}

// addSizes adds the values that are the same in every round.
func (b *bench) addSizes(p program, o options, s sample) error {
	arm := filepath.Join(o.arm64, filepath.Base(p.binary))
	var errs [5]error
	s[allocated], errs[0] = b.measureAllocation(p, 5*o.invocations)
	s[binaryHost], errs[1] = binarySize(p.binary)
	s[zipHost], errs[2] = zipSize(p.binary)
	s[binaryArm], errs[3] = binarySize(arm)
	s[zipArm], errs[4] = zipSize(arm)
	return cmp.Or(errs[:]...)
}

// machine names what the figures were measured on.
func machine() string {
	return fmt.Sprintf("%s, %d cores, %s/%s, %s", processorModel(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
}
