package telemetry

import (
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
)

// panicError is a recovered panic with the stack that led to it.
type panicError struct {
	text, stack string
}

// Panicked makes an error of a recovered panic. Call it in the deferred function that recovers, so that the stack
// still shows where the panic arose.
func Panicked(recovered any) error {
	return &panicError{fmt.Sprint(recovered), string(debug.Stack())}
}

func (p *panicError) Error() string { return "panic: " + p.text }

// causeAttributes are what the record says of a cause: of a panic its text and its stack.
func causeAttributes(cause error) []slog.Attr {
	var p *panicError
	switch {
	case errors.As(cause, &p):
		return []slog.Attr{slog.String("panic", p.text), slog.String("stack", p.stack)}
	case cause != nil:
		return []slog.Attr{slog.Any("cause", cause)}
	}
	return nil
}
