package app_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
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

func TestTheWarmUpRehearsesAWholeUpdateBesideTheTable(t *testing.T) {
	var log, metrics strings.Builder
	e := app.Environment{
		Getenv: func(string) string { return "" }, Now: time.Now, NewID: uuid.New,
		Log: slog.New(slog.NewTextHandler(&log, nil)), Metrics: &metrics,
	}
	app.NewAccountTasksOn(nil, onlyTheCatalogue{}, onlyTheCatalogue{}, e).WarmUp()
	written, err := app.Rehearse(t.Context(), e)
	var answer struct {
		StatusCode int
		Body       string
	}
	if err != nil || json.Unmarshal(written, &answer) != nil {
		t.Fatalf("got %v and the answer %s", err, written)
	}
	if want := `"Name":"Rehearsal"`; answer.StatusCode != http.StatusOK || !strings.Contains(answer.Body, want) {
		t.Errorf("got the answer %s, want 200 with %s", written, want)
	}
	if log.String()+metrics.String() != "" {
		t.Errorf("got the records %s%s, want none", &log, &metrics)
	}
}
