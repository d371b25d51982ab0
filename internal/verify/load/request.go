package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"accounttasks/internal/local/demo"
)

// tasks are the tasks of the demo client.
var tasks = []string{demo.TaskID.String(), demo.SecondTaskID.String(), demo.ThirdTaskID.String()}

// guard is what a request has beside its update.
type guard int

const (
	unguarded  guard = iota
	keyed            // carries an Idempotency-Key
	currentTag       // carries the last tag that was seen of its task
	staleTag         // carries a tag that its task does not have
)

// request is one request. Its number determines everything in it, so that the number is enough to understand its
// answer.
type request struct {
	number int64
	update int64 // the number of the request that made the same update first; its own, unless it is a repeat
	task   int   // the index of its task
	guard  guard
}

// requestOf returns the request with this number. Of ten requests, one repeats its predecessor with the same key, one
// has the current tag, and one has a stale tag.
func requestOf(number int64) request {
	r := request{number: number, update: number}
	switch number % 10 {
	case 3:
		r.guard = keyed
	case 4:
		r.guard, r.update = keyed, number-1
	case 6:
		r.guard = currentTag
	case 7:
		r.guard = staleTag
	}
	r.task = int(r.update/3) % len(tasks)
	return r
}

// key is the request's Idempotency-Key.
func (r request) key() string { return "update-" + strconv.FormatInt(r.update, 10) }

// body returns the update in one of the three formats. A repeat has another format than the original.
func (r request) body() (contentType, body string) {
	taskID, parameters := demo.SendReport.String(), fmt.Sprintf(`{"update":%d}`, r.update)
	switch r.number % 3 {
	case 0:
		quoted, _ := json.Marshal(parameters) // a string always encodes
		return "application/json", fmt.Sprintf(`{"Enabled":true,"TaskID":"%s","Frequency":"DAILY","StartDate":"2026-06-04T03:45:03.2545297+00:00",`+
			`"Parameters":%s,"ContentType":"application/json"}`, taskID, quoted)
	case 1:
		return "application/xml", fmt.Sprintf("<AccountTaskUpdateRequest><TaskID>%s</TaskID><Frequency>DAILY</Frequency>"+
			"<StartDate>2026-06-04T03:45:03.2545297+00:00</StartDate><Parameters>%s</Parameters><ContentType>application/json</ContentType>"+
			"<Enabled>true</Enabled></AccountTaskUpdateRequest>", taskID, parameters)
	default:
		return "application/x-www-form-urlencoded", url.Values{
			"Enabled": {"true"}, "TaskID": {taskID}, "Frequency": {"2"}, "StartDate": {"2026-06-04T03:45:03.2545297+00:00"},
			"Parameters": {parameters}, "ContentType": {"application/json"},
		}.Encode()
	}
}

// query puts the number into the URL. The service ignores it.
func (r request) query() string { return "?number=" + strconv.FormatInt(r.number, 10) }

// requestAt returns the request that was sent to this URL.
func requestAt(address string) (request, error) {
	_, text, _ := strings.Cut(address, "?number=")
	number, err := strconv.ParseInt(text, 10, 64)
	return requestOf(number), err
}
