package main

import (
	"fmt"
	"strings"
)

// figures are the result of one comparison. They are kept beside the documents that show them.
type figures struct {
	Conditions string
	Programs   []string
	Bases      []string // the programs that the ratios of a cell are taken to
	Rows       []row
	Targets    []verdict
	Worst      []worstBody `json:",omitempty"`
}

// row has a cell for each program; nil where the metric was not measured.
type row struct {
	Metric metric
	Cells  []*cell
}

// cell holds the median of all rounds between the quartiles, and the medians of the ratios within a round. A ratio of
// zero does not exist.
type cell struct {
	Low, Median, High float64
	Ratios            []float64 `json:",omitempty"`
}

// verdict is a target and the value that was reached; zero means that it was not measured.
type verdict struct {
	What           string
	Reached, Limit float64
}

// value is the median of a program's metric. The error says that it was not measured.
func (f figures) value(program string, m metric) (*cell, error) {
	for _, r := range f.Rows {
		for i, c := range r.Cells {
			if r.Metric == m && f.Programs[i] == program && c != nil {
				return c, nil
			}
		}
	}
	return nil, fmt.Errorf("%q of %q was not measured", m, program)
}

// markdown writes the tables and the conditions.
func (f figures) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "| | %s |\n|---%s|\n", strings.Join(f.Programs, " | "), strings.Repeat("|---", len(f.Programs)))
	for _, r := range f.Rows {
		fmt.Fprintf(&b, "| %s", r.Metric)
		for _, c := range r.Cells {
			fmt.Fprintf(&b, " | %s", c)
		}
		b.WriteString(" |\n")
	}
	b.WriteString("\n| | reached | target | |\n|---|---|---|---|\n")
	for _, t := range f.Targets {
		fmt.Fprintf(&b, "| %s | %.2f | %.2f | %s |\n", t.What, t.Reached, t.Limit, t.outcome())
	}
	b.WriteString(worstTable(f.Worst))
	fmt.Fprintf(&b, "\n%s\n", f.Conditions)
	return b.String()
}

func (t verdict) outcome() string {
	switch {
	case t.Reached > t.Limit:
		return "MISSED"
	case t.Reached == 0 && t.Limit > 0:
		return "not measured"
	}
	return "met"
}

// String writes the median, the quartiles around it where they differ, and the ratios.
func (c *cell) String() string {
	if c == nil {
		return "–"
	}
	low, median, high := figure(c.Low), figure(c.Median), figure(c.High)
	text := median
	if low != high {
		text += " (" + low + "–" + high + ")"
	}
	for _, ratio := range c.Ratios {
		if ratio > 0 {
			text += fmt.Sprintf(" ×%.2f", ratio)
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
