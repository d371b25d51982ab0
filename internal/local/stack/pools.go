package stack

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"

	"accounttasks/internal/local/lambdaruntime"
	"accounttasks/internal/local/samtemplate"
)

// pools are the functions' pools, by logical id.
type pools map[string]*lambdaruntime.Pool

// newPools makes a pool for every function. It fails where a binary is missing.
func newPools(c Config, functions []samtemplate.Function, local variables, out *console) (pools, error) {
	made := pools{}
	for _, f := range functions {
		pool, err := lambdaruntime.NewPool(functionConfig(c, f, local, out))
		if err != nil {
			return nil, fmt.Errorf("function %s: %w", f.Name, err)
		}
		made[f.Name] = pool
	}
	return made, nil
}

// variables are what the local stack sets for its functions: the region and the
// credentials, as Lambda does, and the endpoints of the stack's table and bus.
type variables map[string]string

// over returns a function's variables with those of the local stack in their
// place. As in Lambda, a function gets an endpoint only where the template declares
// the variable.
func (v variables) over(declared map[string]string) map[string]string {
	environment := maps.Clone(declared)
	for name, value := range v {
		_, isDeclared := declared[name]
		if isDeclared || !strings.HasPrefix(name, "AWS_ENDPOINT_URL_") {
			environment[name] = value
		}
	}
	return environment
}

// functionConfig lays the variables over each other: the template's, the local
// stack's, the caller's.
func functionConfig(c Config, f samtemplate.Function, local variables, out *console) lambdaruntime.Config {
	environment := local.over(f.Environment)
	maps.Copy(environment, c.FunctionEnv)
	timeout := f.Timeout
	if c.FunctionTimeout > 0 {
		timeout = c.FunctionTimeout
	}
	return lambdaruntime.Config{
		Binary: filepath.Join(c.Functions, f.Name, "bootstrap"), Name: f.Name, Handler: f.Handler,
		Region: local["AWS_REGION"], AccountID: accountID,
		MemoryMB: f.MemoryMB, Timeout: timeout, MaxInstances: c.MaxInstances,
		Environment: environment, Output: functionOutput{out},
	}
}

// close ends every process of every function.
func (p pools) close() {
	for _, pool := range p {
		pool.Close()
	}
}
