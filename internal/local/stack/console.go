package stack

import (
	"fmt"
	"io"
	"sync"
)

// console lets requests and processes share one terminal, a whole line at a time.
type console struct {
	mu  sync.Mutex
	out io.Writer
}

// Write expects whole lines.
func (c *console) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.Write(p)
}

// line prints one line.
func (c *console) line(format string, arguments ...any) {
	_, _ = fmt.Fprintf(c, format+"\n", arguments...)
}
