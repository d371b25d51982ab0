package app_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/app"
	"accounttasks/internal/task"
)

// onlyTheCatalogue is a table of which nothing but the catalogue may be asked: every other method panics.
type onlyTheCatalogue struct{ task.Store }

func (onlyTheCatalogue) LoadCatalogue(context.Context) (task.CatalogueCopy, error) {
	return task.CatalogueCopy{Names: map[uuid.UUID]string{uuid.New(): "Send scheduled report"}}, nil
}

func TestWarmUpGoesAllTheWayToTheRulesAndNotToTheTable(t *testing.T) {
	var log, metrics strings.Builder
	f := app.NewAccountTasksOn(nil, onlyTheCatalogue{}, onlyTheCatalogue{}, app.Environment{
		Getenv: func(string) string { return "" }, Now: time.Now, NewID: uuid.New,
		Log: slog.New(slog.NewTextHandler(&log, nil)), Metrics: &metrics,
	})
	f.WarmUp()
	answer, err := app.Refuse(f, t.Context())
	if want := "Frequency is required"; err != nil || !strings.Contains(string(answer), want) {
		t.Errorf("got %v and the answer %s, want one of the rules: %s", err, answer, want)
	}
	if log.String()+metrics.String() != "" {
		t.Errorf("got the records %s%s, want none", &log, &metrics)
	}
}
