package eventbus

import (
	"encoding/json"
	"fmt"
	"net/http"
)

const (
	// target is the only operation that the bus knows.
	target = "AWSEvents.PutEvents"
	// mediaType is that of AWS's JSON 1.1 protocol.
	mediaType = "application/x-amz-json-1.1"
	// maxEntries and maxBytes are the quotas of one request.
	maxEntries = 10
	maxBytes   = 1 << 20
	// maxBody is the maximum size of a request's body. Escapes make entries larger.
	maxBody = 8 * maxBytes
)

// ServeHTTP answers PutEvents in AWS's JSON 1.1 protocol. It does not check the
// request's signature.
func (b *Bus) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if operation := r.Header.Get("X-Amz-Target"); r.Method != http.MethodPost || operation != target {
		refuse(w, "UnknownOperationException", fmt.Sprintf("%s %q: the local bus answers POST with %s only", r.Method, operation, target))
		return
	}
	var request struct{ Entries []entry }
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&request); err != nil {
		refuse(w, "SerializationException", err.Error())
		return
	}
	if message := checkSize(request.Entries); message != "" {
		refuse(w, "ValidationException", message)
		return
	}
	b.answer(w, request.Entries)
}

// checkSize returns why a request as a whole is refused, or an empty string.
func checkSize(entries []entry) string {
	size := 0
	for _, e := range entries {
		size += e.size()
	}
	switch {
	case len(entries) < 1 || len(entries) > maxEntries:
		return fmt.Sprintf("Entries has %d members, not 1 to %d", len(entries), maxEntries)
	case size > maxBytes:
		return "Total size of the entries in the request is over the limit."
	}
	return ""
}

// answer puts each entry and returns its result.
func (b *Bus) answer(w http.ResponseWriter, entries []entry) {
	var answer struct {
		FailedEntryCount int
		Entries          []entryResult
	}
	for _, e := range entries {
		result, ok := b.check(e)
		if ok {
			result.EventID = b.put(e)
		} else {
			answer.FailedEntryCount++
		}
		answer.Entries = append(answer.Entries, result)
	}
	writeJSON(w, http.StatusOK, answer)
}

func refuse(w http.ResponseWriter, kind, message string) {
	w.Header().Set("X-Amzn-ErrorType", kind)
	writeJSON(w, http.StatusBadRequest, map[string]string{"__type": kind, "message": message})
}

func writeJSON(w http.ResponseWriter, status int, document any) {
	w.Header().Set("Content-Type", mediaType)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(document)
}
