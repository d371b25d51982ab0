package app_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/app"
	"accounttasks/internal/task"
)

// absentTable is a catalogue that cannot be read.
type absentTable struct{}

func (absentTable) LoadCatalogue(context.Context) (task.CatalogueCopy, error) {
	return task.CatalogueCopy{}, errors.New("connection refused")
}

func TestSAMLocalWithoutATableNamesTheCommandThatStartsOne(t *testing.T) {
	for variable, want := range map[string]bool{"true": true, "": false} {
		var log bytes.Buffer
		app.NewAccountTasksOn(nil, absentTable{}, app.Environment{
			Getenv: func(name string) string { return map[string]string{"AWS_SAM_LOCAL": variable}[name] },
			Now:    time.Now, NewID: uuid.New, Log: slog.New(slog.NewTextHandler(&log, nil)), Metrics: &log,
		}).WarmUp()
		if got := strings.Contains(log.String(), "make table"); got != want {
			t.Errorf("with AWS_SAM_LOCAL=%q: the log names make table: %t, want %t:\n%s", variable, got, want, log.String())
		}
	}
}
