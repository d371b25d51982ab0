package main

import (
	"os"
	"os/exec"
	"time"
)

// process is one start of a program behind a Runtime API of its own.
type process struct {
	*runtimeAPI
	command *exec.Cmd
	begun   time.Time
}

// startProcess starts a program with nothing in its environment but the variables.
func startProcess(binary string, variables []string) (*process, error) {
	api, err := startRuntimeAPI()
	if err != nil {
		return nil, err
	}
	p := &process{runtimeAPI: api, command: exec.Command(binary)}
	p.command.Env = append(variables, "AWS_LAMBDA_RUNTIME_API="+api.address)
	p.command.Stderr = os.Stderr
	p.begun = time.Now()
	if err := p.command.Start(); err != nil {
		api.close()
		return nil, err
	}
	return p, nil
}

func (p *process) stop() {
	p.command.Process.Kill()
	p.command.Wait()
	p.close()
}
