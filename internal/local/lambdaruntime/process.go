package lambdaruntime

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// drainLimit is how long output is still read after the process has ended. Only a
// grandchild that left the group can keep the pipe open that long.
const drainLimit = time.Second

// process is one child, the first of a new process group. What it starts belongs to
// that group and ends with it.
type process struct {
	cmd    *exec.Cmd
	output *lineWriter
	exited chan struct{} // closed when the group is gone and its output is read
	status error         // valid after exited

	mu     sync.Mutex
	reaped bool // the system may give the process's number to another one from here on
}

// signalGroup sends a signal to every process of a group.
var signalGroup = func(group int, signal syscall.Signal) error { return syscall.Kill(-group, signal) }

// startProcess runs the binary with only the given variables.
func startProcess(binary string, environment []string, out io.Writer) (*process, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("open the pipe for the function's output: %w", err)
	}
	p := &process{output: &lineWriter{out: out}, exited: make(chan struct{})}
	p.cmd = exec.Command(binary)
	p.cmd.Dir = filepath.Dir(binary)
	p.cmd.Env = environment
	p.cmd.Stdout, p.cmd.Stderr = write, write
	p.cmd.SysProcAttr = processAttributes()
	err = p.cmd.Start()
	_ = write.Close()
	if err != nil {
		_ = read.Close()
		return nil, fmt.Errorf("start %s: %w", binary, err)
	}
	go p.watch(read)
	return p, nil
}

// watch ends when the process has: the pipe is our own and not exec's, because
// exec would wait for every grandchild that still holds its other end. The group is
// killed before the process is reaped: until then its number cannot be another's.
func (p *process) watch(read *os.File) {
	defer close(p.exited)
	copied := make(chan struct{})
	go func() {
		defer close(copied)
		_, _ = io.Copy(p.output, read)
		p.output.Flush()
	}()
	awaitExit(p.cmd.Process.Pid)
	p.reap()
	_ = read.SetReadDeadline(time.Now().Add(drainLimit))
	<-copied
	_ = read.Close()
}

// reap kills what is left of the group and takes the status of the process, which
// has ended.
func (p *process) reap() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.killGroup()
	p.status = p.cmd.Wait()
	p.reaped = true
}

// kill ends the process and everything it started, and waits for that.
func (p *process) kill() {
	p.mu.Lock()
	if !p.reaped {
		p.killGroup()
	}
	p.mu.Unlock()
	<-p.exited
}

// killGroup must not be called once the process is reaped. An error means that
// there is nothing left to kill.
func (p *process) killGroup() {
	_ = signalGroup(p.cmd.Process.Pid, syscall.SIGKILL)
}

// endReason says how the process ended and what it printed last.
func (p *process) endReason() string {
	<-p.exited
	how := "exit status 0"
	if exit, ok := errors.AsType[*exec.ExitError](p.status); ok {
		how = exit.Error()
	}
	if said := p.output.LastLine(); said != "" {
		return how + ": " + said
	}
	return how
}
