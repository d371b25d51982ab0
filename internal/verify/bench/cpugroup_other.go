//go:build !linux

package main

import "time"

// cpuGroups and cpuGroup exist on Linux alone.
type (
	cpuGroups struct{}
	cpuGroup  struct{}
)

func openCPUGroups(string) (*cpuGroups, error) { return nil, errLinuxOnly }

func (*cpuGroups) close() {}

func (*cpuGroups) create(string, share) (*cpuGroup, error) { return nil, errLinuxOnly }

func (*cpuGroup) add(int) error { return errLinuxOnly }

func (*cpuGroup) awaitPeriod(time.Duration) error { return errLinuxOnly }

func (*cpuGroup) remove() error { return errLinuxOnly }
