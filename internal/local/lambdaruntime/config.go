package lambdaruntime

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Lambda's own defaults and quotas.
const (
	defaultTimeout      = 3 * time.Second
	defaultInitTimeout  = 10 * time.Second
	defaultMemoryMB     = 128
	defaultMaxInstances = 5

	// MaxRequestBytes is the largest event of a synchronous invocation.
	MaxRequestBytes = 6 << 20
	// MaxResponseBytes is the largest answer; Lambda grants it 100 bytes more
	// than the request.
	MaxResponseBytes = MaxRequestBytes + 100
)

// Config describes one function. Binary is required; everything else has
// Lambda's default.
type Config struct {
	// Binary is the path of the function's executable.
	Binary string
	// Name is the function's name, seen in its variables and its ARN.
	Name string
	// Handler is the template's Handler; custom runtimes ignore it.
	Handler string
	// Region and AccountID appear in the function's ARN and variables.
	Region, AccountID string
	// MemoryMB is announced to the function, not enforced.
	MemoryMB int
	// Timeout ends an invocation by killing its process.
	Timeout time.Duration
	// InitTimeout is how long a new process has until it first asks for work.
	InitTimeout time.Duration
	// MaxInstances is the number of processes that run at the same time.
	MaxInstances int
	// Environment is added to the variables that Lambda itself sets, and wins
	// over them.
	Environment map[string]string
	// Output receives what the processes print, whole lines in each Write. It
	// must be safe for concurrent use.
	Output io.Writer
}

// withDefaults returns the configuration completed, or says why the binary
// cannot be run.
func (c Config) withDefaults() (Config, error) {
	path, err := executablePath(c.Binary)
	if err != nil {
		return Config{}, err
	}
	c.Binary = path
	if c.Name == "" {
		c.Name = filepath.Base(path)
	}
	if c.MemoryMB == 0 {
		c.MemoryMB = defaultMemoryMB
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	if c.InitTimeout == 0 {
		c.InitTimeout = defaultInitTimeout
	}
	if c.MaxInstances == 0 {
		c.MaxInstances = defaultMaxInstances
	}
	if c.Output == nil {
		c.Output = io.Discard
	}
	return c, nil
}

// executablePath makes the path absolute, because a process runs in the folder
// of its binary, and fails early on what the kernel would refuse to execute.
func executablePath(path string) (string, error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("the function's binary %s does not exist", path)
	}
	if err != nil {
		return "", fmt.Errorf("the function's binary: %w", err)
	}
	if !info.Mode().IsRegular() || info.Mode().Perm()&0o111 == 0 {
		return "", fmt.Errorf("the function's binary %s is not an executable file", path)
	}
	return filepath.Abs(path)
}
