package stack

import (
	"bytes"
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

// functionOutput is the console without the metrics that a function writes. They are for CloudWatch to read, not for
// people.
type functionOutput struct{ *console }

// Write expects whole lines.
func (o functionOutput) Write(p []byte) (int, error) {
	var shown []byte
	for line := range bytes.Lines(p) {
		if !bytes.Contains(line, []byte(`"_aws":{`)) {
			shown = append(shown, line...)
		}
	}
	if len(shown) > 0 {
		_, _ = o.console.Write(shown)
	}
	return len(p), nil
}

// line prints one line.
func (c *console) line(format string, arguments ...any) {
	_, _ = fmt.Fprintf(c, format+"\n", arguments...)
}
