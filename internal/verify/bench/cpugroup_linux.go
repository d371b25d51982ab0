package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// cpuGroup is a control group of Linux that limits the CPU time of one process.
type cpuGroup struct {
	folder  string
	version int
}

// cpuGroups makes control groups below a folder of the controller for CPU time.
type cpuGroups struct {
	root    string
	version int
	mounted bool // by this process
}

// openCPUGroups finds the controller for CPU time, of version 2 or 1 of control groups. If version 1 cannot be written
// where the system has it, it is mounted a second time in the scratch folder. The error says why nothing worked.
func openCPUGroups(scratch string) (*cpuGroups, error) {
	var problems []error
	for _, g := range []*cpuGroups{
		{root: "/sys/fs/cgroup", version: 2},
		{root: "/sys/fs/cgroup/cpu", version: 1},
		{root: "/sys/fs/cgroup/cpu,cpuacct", version: 1},
		{root: filepath.Join(scratch, "cpu"), version: 1, mounted: true},
	} {
		err := g.try()
		if err == nil {
			return g, nil
		}
		g.close()
		problems = append(problems, err)
	}
	return nil, errors.Join(problems...)
}

// try makes a group with the smallest quota and removes it.
func (g *cpuGroups) try() error {
	switch {
	case g.mounted:
		if err := g.mount(); err != nil {
			return err
		}
	case g.version == 2:
		if err := os.WriteFile(filepath.Join(g.root, "cgroup.subtree_control"), []byte("+cpu"), 0); err != nil {
			return err
		}
	}
	group, err := g.create("try", shares[0])
	if err != nil {
		return err
	}
	return group.remove()
}

func (g *cpuGroups) mount() error {
	if err := os.Mkdir(g.root, 0o755); err != nil {
		return err
	}
	if err := syscall.Mount("none", g.root, "cgroup", 0, "cpu"); err != nil {
		return fmt.Errorf("mount the controller cpu: %w", err)
	}
	return nil
}

func (g *cpuGroups) close() {
	if g.mounted {
		_ = syscall.Unmount(g.root, 0)
	}
}

// create makes a group with the quota of the share.
func (g *cpuGroups) create(name string, s share) (*cpuGroup, error) {
	group := &cpuGroup{filepath.Join(g.root, fmt.Sprintf("bench-%d-%s", os.Getpid(), name)), g.version}
	if err := os.Mkdir(group.folder, 0o755); err != nil {
		return nil, err
	}
	if err := group.limit(s.quota); err != nil {
		return nil, errors.Join(err, group.remove())
	}
	return group, nil
}

// limit sets the quota. Linux refuses one under a millisecond.
func (g *cpuGroup) limit(quota time.Duration) error {
	if g.version == 2 {
		return g.write("cpu.max", fmt.Sprintf("%d %d", quota.Microseconds(), period.Microseconds()))
	}
	return errors.Join(g.write("cpu.cfs_period_us", strconv.FormatInt(period.Microseconds(), 10)),
		g.write("cpu.cfs_quota_us", strconv.FormatInt(quota.Microseconds(), 10)))
}

// add moves a process into the group.
func (g *cpuGroup) add(pid int) error { return g.write("cgroup.procs", strconv.Itoa(pid)) }

func (g *cpuGroup) write(file, content string) error {
	return os.WriteFile(filepath.Join(g.folder, file), []byte(content), 0)
}

// remove removes the group. No process may be in it.
func (g *cpuGroup) remove() error { return os.Remove(g.folder) }

// awaitPeriod returns at the beginning of a period. Setting the quota again takes from the group what is left of the
// present period and makes Linux count periods.
func (g *cpuGroup) awaitPeriod(quota time.Duration) error {
	if err := g.limit(quota); err != nil {
		return err
	}
	before, err := g.periods()
	for now := before; now == before; time.Sleep(50 * time.Microsecond) {
		if now, err = g.periods(); err != nil {
			return err
		}
	}
	return err
}

// periods is how many periods there have been in which the group ran.
func (g *cpuGroup) periods() (count int, err error) {
	stat, err := os.ReadFile(filepath.Join(g.folder, "cpu.stat"))
	if err != nil {
		return 0, err
	}
	_, after, found := strings.Cut(string(stat), "nr_periods ")
	if !found {
		return 0, fmt.Errorf("%s/cpu.stat has no nr_periods", g.folder)
	}
	_, err = fmt.Sscan(after, &count)
	return count, err
}
