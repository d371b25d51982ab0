package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// cpuTime is the CPU time of all threads of the process, including those that have ended.
func (p *process) cpuTime() (time.Duration, error) {
	// The kernel's number of another process's CPU clock (CPUCLOCK_SCHED in linux/posix-timers.h).
	const schedulerClock = 2
	clock := ^p.command.Process.Pid<<3 | schedulerClock
	var t syscall.Timespec
	if _, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, uintptr(clock), uintptr(unsafe.Pointer(&t)), 0); errno != 0 {
		return 0, fmt.Errorf("read the CPU time: %w", errno)
	}
	return time.Duration(t.Nano()), nil
}

// peakMemory and memory are the process's resident memory in bytes: the peak, and the present value. They are read
// while the process runs: for a process that has ended, the kernel may report the parent's memory at the fork.
func (p *process) peakMemory() (int64, error) { return p.status("VmHWM:") }

func (p *process) memory() (int64, error) { return p.status("VmRSS:") }

func (p *process) status(field string) (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, behind, found := strings.Cut(string(status), field)
	if !found {
		return 0, fmt.Errorf("the kernel reports no %s", field)
	}
	var kilobytes int64
	_, err = fmt.Sscan(behind, &kilobytes)
	return kilobytes << 10, err
}

// processorModel is what the kernel calls the processor.
func processorModel() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if name, model, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(model)
		}
	}
	return "unnamed processor"
}
