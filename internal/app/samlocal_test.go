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
	"accounttasks/internal/client"
	"accounttasks/internal/task"
)

// absentTable is a catalogue that cannot be read.
type absentTable struct{}

func (absentTable) LoadCatalogue(context.Context) (task.CatalogueCopy, error) {
	return task.CatalogueCopy{}, errors.New("connection refused")
}

// absentClients are clients that cannot be read.
type absentClients struct{ client.Store }

func (absentClients) LoadCredentials(context.Context, string, client.RefreshKey) (client.Credentials, error) {
	return client.Credentials{}, errors.New("connection refused")
}

func TestSAMLocalWithoutATableNamesTheCommandThatStartsOne(t *testing.T) {
	functions := map[string]func(app.Environment){
		"accounttasks": func(e app.Environment) { app.NewAccountTasksOn(nil, nil, absentTable{}, e).WarmUp() },
		"token":        func(e app.Environment) { app.NewTokenOn(absentClients{}, e).WarmUp() },
	}
	for name, warmUp := range functions {
		for variable, want := range map[string]bool{"true": true, "": false} {
			var log bytes.Buffer
			warmUp(app.Environment{
				Getenv: func(name string) string { return map[string]string{"AWS_SAM_LOCAL": variable}[name] },
				Now:    time.Now, NewID: uuid.New, Log: slog.New(slog.NewTextHandler(&log, nil)), Metrics: &log,
			})
			if got := strings.Contains(log.String(), "make table"); got != want {
				t.Errorf("%s with AWS_SAM_LOCAL=%q: the log names make table: %t, want %t:\n%s", name, variable, got, want, log.String())
			}
		}
	}
}

// answering is a function with one answer.
type answering string

func (a answering) Invoke(context.Context, []byte) ([]byte, error) { return []byte(a), nil }

func TestSAMLocalAnswersWithTheCommandThatStartsTheTable(t *testing.T) {
	const unavailable, fine = `{"statusCode":503,"body":"{}"}`, `{"statusCode":200,"body":"{}"}`
	tests := []struct {
		variable, answer string
		want             bool
	}{{"true", unavailable, true}, {"true", fine, false}, {"true", "{}", false}, {"", unavailable, false}}
	for _, test := range tests {
		e := app.Environment{Getenv: func(name string) string { return map[string]string{"AWS_SAM_LOCAL": test.variable}[name] }}
		got, err := app.WithHint(e, answering(test.answer)).Invoke(t.Context(), nil)
		if err != nil || strings.Contains(string(got), "make table") != test.want || strings.Contains(string(got), "503") != strings.Contains(test.answer, "503") {
			t.Errorf("AWS_SAM_LOCAL=%q, answer %s: got %s and %v, want the command named: %t", test.variable, test.answer, got, err, test.want)
		}
	}
}

func TestSAMLocalFailsATickWithTheCommandThatStartsTheTable(t *testing.T) {
	for variable, want := range map[string]bool{"true": true, "": false} {
		s := newStage(t)
		s.silent = true
		e := app.Environment{Getenv: func(name string) string { return map[string]string{"AWS_SAM_LOCAL": variable}[name] }}
		_, err := app.WithHint(e, s.runner).Invoke(t.Context(), []byte(`{"scheduledTime":"2026-06-04T03:45:00Z"}`))
		if err == nil || strings.Contains(err.Error(), "make table") != want {
			t.Errorf("AWS_SAM_LOCAL=%q: got %v, want the command named: %t", variable, err, want)
		}
	}
}
