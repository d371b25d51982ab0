package lambdaruntime

import (
	"bytes"
	"io"
	"sync"
)

const (
	// maxLine limits the memory for output without line breaks.
	maxLine = 64 << 10
	// maxLastLine is the maximum length of a line in an error.
	maxLastLine = 500
)

// lineWriter passes on whole lines only, so that several processes can share a
// terminal, and remembers the last one for the error of a process that dies.
type lineWriter struct {
	mu      sync.Mutex
	out     io.Writer
	pending []byte
	last    string
}

// Write never fails, because a closed terminal must not affect a process.
func (w *lineWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pending = append(w.pending, p...)
	if end := bytes.LastIndexByte(w.pending, '\n'); end >= 0 {
		w.emit(w.pending[:end+1])
		w.pending = append([]byte(nil), w.pending[end+1:]...)
	}
	if len(w.pending) > maxLine {
		w.flush()
	}
	return len(p), nil
}

// Flush passes on a last line that has no line break.
func (w *lineWriter) Flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.flush()
}

// LastLine returns the last line that says anything.
func (w *lineWriter) LastLine() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.last
}

func (w *lineWriter) flush() {
	if len(w.pending) == 0 {
		return
	}
	w.emit(append(w.pending, '\n'))
	w.pending = nil
}

func (w *lineWriter) emit(lines []byte) {
	_, _ = w.out.Write(lines)
	said := bytes.TrimSpace(lines)
	if len(said) == 0 {
		return
	}
	said = said[bytes.LastIndexByte(said, '\n')+1:]
	w.last = string(said[:min(len(said), maxLastLine)])
}
