package main

import (
	"encoding/json"
	"encoding/xml"
	"strings"
)

// detail is the Detail of an answer in either format.
type detail struct {
	ID, TaskID, Name        string
	Enabled                 bool
	Frequency, Notification string
	StartDate, FinishDate   *string
	Parameters, ContentType string
	Status                  string
}

// readDetail reads the Detail of an answer.
func readDetail(r reply) detail {
	var envelope struct {
		ResponseData struct{ Detail detail }
	}
	var err error
	if strings.Contains(r.header("Content-Type"), "xml") {
		err = xml.Unmarshal([]byte(r.Body), &envelope)
	} else {
		err = json.Unmarshal([]byte(r.Body), &envelope)
	}
	if err != nil {
		panic(err)
	}
	d := envelope.ResponseData.Detail
	for _, date := range []**string{&d.StartDate, &d.FinishDate} {
		if *date != nil && **date == "" {
			*date = nil
		}
	}
	return d
}
