package eventbus

import (
	"bytes"
	"encoding/json"
	"strings"
)

// entry is one event of a PutEvents request.
type entry struct {
	EventBusName string
	Source       string
	DetailType   string
	Detail       string
	Resources    []string
	Time         *float64 // seconds since 1970
}

// bus is the name in EventBusName, which may be an ARN.
func (e entry) bus() string {
	if e.EventBusName == "" {
		return DefaultBus
	}
	return e.EventBusName[strings.LastIndexByte(e.EventBusName, '/')+1:]
}

// size is the entry's part of the quota of a request.
func (e entry) size() int {
	size := len(e.Source) + len(e.DetailType) + len(e.Detail)
	for _, resource := range e.Resources {
		size += len(resource)
	}
	if e.Time != nil {
		size += 14
	}
	return size
}

// entryResult is the answer for one entry: an id, or why it was refused.
type entryResult struct {
	EventID      string `json:"EventId,omitempty"`
	ErrorCode    string `json:",omitempty"`
	ErrorMessage string `json:",omitempty"`
}

// check returns a result with an error for an entry that EventBridge refuses.
//
// EventBridge accepts an event for a bus that does not exist, and drops it. Here
// that is an error, so that a wrong name is noticed.
func (b *Bus) check(e entry) (refused entryResult, ok bool) {
	missing := func(name string) entryResult {
		return entryResult{ErrorCode: "InvalidArgument", ErrorMessage: "Parameter " + name + " is not valid. Reason: " + name + " is a required argument."}
	}
	switch {
	case e.Source == "":
		return missing("Source"), false
	case strings.HasPrefix(e.Source, "aws."):
		return entryResult{ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source."}, false
	case e.DetailType == "":
		return missing("DetailType"), false
	case e.Detail == "":
		return missing("Detail"), false
	case !json.Valid([]byte(e.Detail)) || !bytes.HasPrefix(bytes.TrimSpace([]byte(e.Detail)), []byte("{")):
		return entryResult{ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed."}, false
	case !b.known(e.bus()):
		return entryResult{ErrorCode: "ResourceNotFoundException", ErrorMessage: "The template has no event bus " + e.bus() + "."}, false
	}
	return entryResult{}, true
}
