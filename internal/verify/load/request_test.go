package main

import (
	"reflect"
	"testing"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// read decodes the update in a request's body.
func read(t *testing.T, r request) (contentType string, d task.UpdateRequest) {
	t.Helper()
	contentType, body := r.body()
	d, err := wire.ReadUpdate(wire.Body{Bytes: []byte(body), ContentType: contentType})
	if err != nil || len(d.Problems) > 0 {
		t.Fatalf("%s is not an update: %v, %v", body, err, d.Problems)
	}
	return contentType, d
}

func TestRepeatIsTheSameUpdateInAnotherFormat(t *testing.T) {
	for number := int64(13); number < 100; number += 10 {
		first, repeat := requestOf(number), requestOf(number+1)
		if repeat.key() != first.key() || repeat.task != first.task {
			t.Errorf("%+v does not repeat %+v", repeat, first)
		}
		firstType, a := read(t, first)
		repeatType, b := read(t, repeat)
		if firstType == repeatType {
			t.Errorf("%d and its repeat are both %s", number, firstType)
		}
		if !reflect.DeepEqual(a.Definition, b.Definition) || !reflect.DeepEqual(a.Enabled, b.Enabled) {
			t.Errorf("%+v and %+v are not the same update", a.Definition, b.Definition)
		}
	}
}

func TestEveryTaskGetsEveryKindOfRequest(t *testing.T) {
	type kind struct {
		task        int
		guard       guard
		contentType string
	}
	seen := map[kind]bool{}
	for number := range int64(1000) {
		r := requestOf(number)
		contentType, _ := r.body()
		seen[kind{r.task, r.guard, contentType}] = true
	}
	if got, want := len(seen), len(tasks)*4*3; got != want {
		t.Errorf("got %d kinds of request, want %d: every guard and format for every task", got, want)
	}
}

func TestAnswerTellsItsRequest(t *testing.T) {
	want := requestOf(1234)
	if got, err := requestAt("http://127.0.0.1:1/x" + want.query()); err != nil || got != want {
		t.Errorf("got %+v and %v, want %+v", got, err, want)
	}
	if _, err := requestAt("http://127.0.0.1:1/x"); err == nil {
		t.Error("an address without a number was accepted")
	}
}
