package main

import (
	"encoding/json"
	"errors"
	"fmt"
)

// run is the detail of the event Account Task Due: one run of a task. Members that are not listed here are ignored, because
// a later version of the service may add some.
type run struct {
	RunID       string  `json:"runId"`       // the same in every delivery of the event
	Account     string  `json:"account"`     // whose task it is
	ID          string  `json:"id"`          // of the task
	TaskID      string  `json:"taskId"`      // of the catalogue entry: what to do
	Name        string  `json:"name"`        // of the catalogue entry
	Due         string  `json:"due"`         // ISO 8601, UTC; a report must repeat it as it is
	Trigger     string  `json:"trigger"`     // SCHEDULE or MANUAL
	Missed      int     `json:"missed"`      // how many occurrences before this one were not run
	Parameters  *string `json:"parameters"`  // the input; nil if it is larger than 60 KB
	ContentType *string `json:"contentType"` // application/json or application/xml; nil with Parameters
	User        string  `json:"user"`        // who asked for the run
}

// readRun reads the body of a queue's message: the event as EventBridge delivers it.
func readRun(body string) (run, error) {
	var event struct {
		DetailType string `json:"detail-type"`
		Detail     run    `json:"detail"`
	}
	if err := json.Unmarshal([]byte(body), &event); err != nil {
		return run{}, fmt.Errorf("the message is not an event: %w", err)
	}
	r := event.Detail
	if event.DetailType != "Account Task Due" || r.RunID == "" || r.Account == "" || r.ID == "" || r.Due == "" {
		return run{}, errors.New("the message is not the event Account Task Due")
	}
	return r, nil
}
