package main

import (
	"math"
	"slices"
)

// metric is a row of the table; its text is the row's head.
type metric string

const (
	startWall     metric = "start to first /next, ms"
	startCPU      metric = "start to first /next, CPU ms"
	firstWall     metric = "first invocation, ms"
	firstCPU      metric = "first invocation, CPU ms"
	startAndFirst metric = "start and first invocation, ms"
	firstRequests metric = "DynamoDB requests up to the first answer"
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

// metrics are the rows of a table: those of a program that is not throttled, and those under each share.
var metrics = func() []metric {
	rows := []metric{
		startWall, startCPU, firstWall, firstCPU, startAndFirst, firstRequests, warmMedian, warmP99, warmCPU, allocated, peakMemory, requests,
		binaryHost, zipHost, binaryArm, zipArm,
	}
	for _, s := range shares {
		for _, m := range []metric{startWall, firstWall, firstCPU, startAndFirst, warmMedian, warmCPU} {
			rows = append(rows, s.metric(m))
		}
	}
	return rows
}()

// results holds each program's samples; the samples of one round have the same index everywhere.
type results map[string][]sample

// values are those of the rounds that have the metric. Every round has it, or the first alone.
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

// ratio is the median, over all rounds, of one program's value divided by another's in the same round. It is zero where
// one of them was not measured, and where the other's is zero.
func (r results) ratio(name string, m metric, base string, baseMetric metric) float64 {
	numerators, denominators := r.values(name, m), r.values(base, baseMetric)
	if len(numerators) == 0 || len(denominators) == 0 || slices.Min(denominators) == 0 {
		return 0
	}
	ratios := make([]float64, len(numerators))
	for i := range ratios {
		ratios[i] = numerators[i] / denominators[i]
	}
	slices.Sort(ratios)
	return quantile(ratios, 0.5)
}

// figures are what the documents show of a comparison.
func (c comparison) figures(r results) figures {
	f := figures{Bases: c.bases}
	for _, p := range c.programs {
		f.Programs = append(f.Programs, p.name)
	}
	for _, m := range metrics {
		row := row{Metric: m}
		for _, p := range c.programs {
			row.Cells = append(row.Cells, c.cell(r, p.name, m))
		}
		if slices.ContainsFunc(row.Cells, func(c *cell) bool { return c != nil }) {
			f.Rows = append(f.Rows, row)
		}
	}
	for _, t := range c.targets {
		f.Targets = append(f.Targets, verdict{t.what, t.got(r), t.limit})
	}
	return f
}

// cell is a program's value of a metric; nil where it was not measured.
func (c comparison) cell(r results, name string, m metric) *cell {
	values := r.values(name, m)
	if len(values) == 0 {
		return nil
	}
	slices.Sort(values)
	written := &cell{Low: rounded(quantile(values, 0.25)), Median: rounded(quantile(values, 0.5)), High: rounded(quantile(values, 0.75))}
	if !slices.Contains(c.bases, name) || name == c.bases[0] && len(c.bases) > 1 {
		for _, base := range c.bases {
			if base != name {
				written.Ratios = append(written.Ratios, rounded(r.ratio(name, m, base, m)))
			}
		}
	}
	return written
}

// rounded keeps three digits after the point, which is more than the tables show.
func rounded(value float64) float64 { return math.Round(value*1000) / 1000 }
