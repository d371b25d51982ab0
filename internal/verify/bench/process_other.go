//go:build !linux

package main

import (
	"errors"
	"time"
)

var errLinuxOnly = errors.New("CPU time and memory of a process are read as Linux gives them: run the benchmark on Linux")

func (p *process) cpuTime() (time.Duration, error) { return 0, errLinuxOnly }

func (p *process) peakMemory() (int64, error) { return 0, errLinuxOnly }

func (p *process) memory() (int64, error) { return 0, errLinuxOnly }

func processorModel() string { return "unnamed processor" }
