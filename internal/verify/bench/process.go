package main

import (
	"os"
	"os/exec"
	"time"

	"accounttasks/internal/local/lambdaruntime"
)

// process is one start of a program with its Runtime API.
type process struct {
	runtimeAPI
	command *exec.Cmd
	begun   time.Time
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
}
