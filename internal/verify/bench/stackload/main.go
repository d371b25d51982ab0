// Command stackload tells what the local stack costs beyond the way that an update goes: it sets the stack under
// load and, in turns with it, the bare embedded table behind as many hops. A hop is an exchange of HTTP; relays
// make them, each in a process of its own, as is the load generator, vegeta.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"time"
)

// options are the command's flags.
type options struct {
	stack, function, template, vegeta string
	rounds, workers                   int
	duration                          time.Duration
}

func main() {
	if len(os.Args) == 4 && os.Args[1] == "relay" {
		exitOn(relay(os.Args[2], os.Args[3]))
	}
	var o options
	flag.StringVar(&o.stack, "stack", ".build/local/stack", "the local stack's `binary`")
	flag.StringVar(&o.function, "function", ".build/local/bootstrap", "the function's `binary`")
	flag.StringVar(&o.template, "template", "template.yaml", "the SAM template's `path`")
	flag.StringVar(&o.vegeta, "vegeta", "vegeta", "the load generator's `binary`")
	flag.IntVar(&o.rounds, "rounds", 12, "how often each side is set under load")
	flag.IntVar(&o.workers, "workers", 4, "how many requests are under way at once")
	flag.DurationVar(&o.duration, "duration", 2*time.Second, "how long a load lasts")
	flag.Parse()
	exitOn(run(o))
}

// leastRatio is what the stack is to reach of the bare table's rate.
const leastRatio = 0.70

func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "stackload:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	var s servers
	defer s.stop()
	bare, err := s.startBareTable(o)
	if err != nil {
		return err
	}
	stack, err := s.startStack(o)
	if err != nil {
		return err
	}
	var atOnce, alone comparison
	for range o.rounds {
		if err := atOnce.round(o, o.workers, bare, stack); err != nil {
			return err
		}
		if err := alone.round(o, 1, bare, stack); err != nil {
			return err
		}
	}
	fmt.Printf("| medians of %d rounds of %v | table behind %d relays | local stack | |\n|---|---|---|---|\n", o.rounds, o.duration, relays)
	verdict, ratio := "met", atOnce.ratio(rate)
	if ratio < leastRatio {
		verdict = "MISSED"
	}
	fmt.Printf("| updates per second, %d at once | %.0f | %.0f | ×%.3f within a round; target %.2f: %s |\n", o.workers,
		median(atOnce.bare, rate), median(atOnce.stack, rate), ratio, leastRatio, verdict)
	bareTime, stackTime := median(alone.bare, meanTime), median(alone.stack, meanTime)
	fmt.Printf("| an update, one at a time, ms | %.2f | %.2f | %.2f of the stack's own |\n", bareTime, stackTime, stackTime-bareTime)
	return nil
}

// comparison holds what both sides gave under the same load.
type comparison struct{ bare, stack []report }

func (c *comparison) round(o options, workers int, bare, stack target) error {
	for _, side := range []struct {
		target  target
		reports *[]report
	}{{bare, &c.bare}, {stack, &c.stack}} {
		r, err := attack(o, workers, side.target)
		if err != nil {
			return err
		}
		*side.reports = append(*side.reports, r)
	}
	return nil
}

// ratio is the median of what the stack reached in parts of what the bare table did in the same round.
func (c comparison) ratio(of func(report) float64) float64 {
	ratios := make([]float64, len(c.bare))
	for i := range ratios {
		ratios[i] = of(c.stack[i]) / of(c.bare[i])
	}
	return middle(ratios)
}

func median(reports []report, of func(report) float64) float64 {
	values := make([]float64, len(reports))
	for i, r := range reports {
		values[i] = of(r)
	}
	return middle(values)
}

func middle(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
