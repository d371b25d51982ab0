//go:build !linux

package main

import (
	"errors"
	"time"
)

var errLinuxOnly = errors.New("the benchmark reads CPU time and memory from Linux: run it on Linux")

func (p *process) cpuTime() (time.Duration, error) { return 0, errLinuxOnly }

func (p *process) peakMemory() (int64, error) { return 0, errLinuxOnly }

func (p *process) memory() (int64, error) { return 0, errLinuxOnly }

func processorModel() string { return "unnamed processor" }
