package stack

import (
	"fmt"
	"maps"
	"path/filepath"

	"accounttasks/internal/local/lambdaruntime"
	"accounttasks/internal/local/samtemplate"
	"accounttasks/internal/local/table"
)

// pools are the functions' pools, by logical id.
type pools map[string]*lambdaruntime.Pool

// newPools makes a pool for every function. It fails where a binary is missing.
func newPools(c Config, functions []samtemplate.Function, access table.Access, out *console) (pools, error) {
	made := pools{}
	for _, f := range functions {
		pool, err := lambdaruntime.NewPool(functionConfig(c, f, access, out))
		if err != nil {
			return nil, fmt.Errorf("function %s: %w", f.Name, err)
		}
		made[f.Name] = pool
	}
	return made, nil
}

// functionConfig lays the variables over each other: the template's, the table's,
// the caller's.
func functionConfig(c Config, f samtemplate.Function, access table.Access, out *console) lambdaruntime.Config {
	environment := map[string]string{}
	maps.Copy(environment, f.Environment)
	maps.Copy(environment, access)
	maps.Copy(environment, c.FunctionEnv)
	timeout := f.Timeout
	if c.FunctionTimeout > 0 {
		timeout = c.FunctionTimeout
	}
	return lambdaruntime.Config{
		Binary: filepath.Join(c.Functions, f.Name, "bootstrap"), Name: f.Name, Handler: f.Handler,
		Region: access.Region(), AccountID: accountID,
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
