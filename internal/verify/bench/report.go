package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// metric is a row of the table; its text is the row's head.
type metric string

const (
	startWall     metric = "start to first /next, ms"
	startCPU      metric = "start to first /next, CPU ms"
	firstWall     metric = "first invocation, ms"
	startAndFirst metric = "start and first invocation, ms"
	warmMedian    metric = "warm invocation, median ms"
	warmP99       metric = "warm invocation, p99 ms"
	warmCPU       metric = "warm invocation, CPU ms"
	allocated     metric = "warm invocation, KB allocated"
	peakMemory    metric = "peak memory, MB"
	requests      metric = "DynamoDB requests per warm invocation"
	binaryHost    metric = "binary, MB"
	zipHost       metric = "zip, MB"
	binaryArm     metric = "binary arm64, MB"
	zipArm        metric = "zip arm64, MB"
)

var metrics = []metric{
	startWall, startCPU, firstWall, startAndFirst, warmMedian, warmP99, warmCPU, allocated, peakMemory, requests,
	binaryHost, zipHost, binaryArm, zipArm,
}

// results holds each program's samples; the samples of one round have the same index everywhere.
type results map[string][]sample

func (r results) values(name string, m metric) []float64 {
	var values []float64
	for _, s := range r[name] {
		if value, measured := s[m]; measured {
			values = append(values, value)
		}
	}
	return values
}

// extremes are the least and the most of a metric over all rounds.
func (r results) extremes(name string, m metric) (least, most float64) {
	values := r.values(name, m)
	return slices.Min(values), slices.Max(values)
}

// ratio is the median, over all rounds, of one program's value divided by another's in the same round.
func (r results) ratio(name string, m metric, base string, baseMetric metric) float64 {
	numerators, denominators := r.values(name, m), r.values(base, baseMetric)
	ratios := make([]float64, len(numerators))
	for i := range ratios {
		ratios[i] = numerators[i] / denominators[i]
	}
	slices.Sort(ratios)
	return quantile(ratios, 0.5)
}

// writeTable writes every metric of every program: the median, the quartiles around it where they differ, and
// the ratios to both floors.
func (r results) writeTable(w io.Writer, programs []program) {
	fmt.Fprint(w, "|")
	for _, p := range programs {
		fmt.Fprintf(w, " | %s", p.name)
	}
	fmt.Fprintf(w, " |\n|---%s|\n", strings.Repeat("|---", len(programs)))
	for _, m := range metrics {
		fmt.Fprintf(w, "| %s", m)
		for _, p := range programs {
			fmt.Fprintf(w, " | %s", r.cell(p.name, m))
		}
		fmt.Fprintln(w, " |")
	}
}

func (r results) cell(name string, m metric) string {
	values := r.values(name, m)
	if len(values) == 0 {
		return "–"
	}
	slices.Sort(values)
	low, median, high := figure(quantile(values, 0.25)), figure(quantile(values, 0.5)), figure(quantile(values, 0.75))
	text := median
	if low != high {
		text += " (" + low + "–" + high + ")"
	}
	for _, base := range []string{floor, empty} {
		if name != base && name != empty && slices.Min(r.values(base, m)) > 0 {
			text += fmt.Sprintf(" ×%.2f", r.ratio(name, m, base, m))
		}
	}
	return text
}

// figure writes a value with three significant digits.
func figure(value float64) string {
	switch {
	case value == 0:
		return "0"
	case value < 10:
		return fmt.Sprintf("%.2f", value)
	case value < 100:
		return fmt.Sprintf("%.1f", value)
	}
	return fmt.Sprintf("%.0f", value)
}
