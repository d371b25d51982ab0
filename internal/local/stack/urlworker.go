package stack

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// urlWorker is the user's own worker in any language. It gets each event as the body of a POST, as from an API destination
// of EventBridge, and takes it with a status 2xx.
type urlWorker string

// isURL reports whether a worker is named by its address.
func isURL(worker string) bool {
	return strings.HasPrefix(worker, "http://") || strings.HasPrefix(worker, "https://")
}

// take posts an event.
func (w urlWorker) take(ctx context.Context, event []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, string(w), bytes.NewReader(event))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.Copy(io.Discard, answer.Body)
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("the worker answered %s", answer.Status)
	}
	return nil
}
