package main

import (
	"os"
	"os/exec"
	"strconv"
	"time"

	"accounttasks/internal/local/lambdaruntime"
)

// process is one start of a program with its Runtime API.
type process struct {
	runtimeAPI
	command *exec.Cmd
	begun   time.Time

	group *cpuGroup // nil while the process is not throttled
	share share
}

// startProcess starts a program with only these variables in its environment.
func startProcess(binary string, variables []string) (*process, error) {
	endpoint, err := lambdaruntime.StartEndpoint(functionARN)
	if err != nil {
		return nil, err
	}
	p := &process{runtimeAPI: runtimeAPI{endpoint}, command: exec.Command(binary)}
	p.command.Env = append(variables, "AWS_LAMBDA_RUNTIME_API="+endpoint.Address())
	p.command.Stderr = os.Stderr
	p.begun = time.Now()
	if err := p.command.Start(); err != nil {
		endpoint.Close()
		return nil, err
	}
	return p, nil
}

func (p *process) stop() {
	p.command.Process.Kill()
	p.command.Wait()
	p.Close()
	if p.group != nil {
		_ = p.group.remove()
	}
}

// throttle limits the CPU time of the process from now on.
func (p *process) throttle(groups *cpuGroups, s share) (err error) {
	if p.group, err = groups.create(strconv.Itoa(p.command.Process.Pid), s); err != nil {
		return err
	}
	p.share = s
	return p.group.add(p.command.Process.Pid)
}

// awaitPeriod returns at the beginning of a period of a throttled process, and at once otherwise.
func (p *process) awaitPeriod() error {
	if p.group == nil {
		return nil
	}
	return p.group.awaitPeriod(p.share.quota)
}
