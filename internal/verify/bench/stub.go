package main

import (
	"crypto/tls"
	"fmt"
	"hash/crc32"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	benchsample "accounttasks/internal/verify/bench/sample"
)

// item is the task of the published sample after its update, as DynamoDB answers with it.
const item = `{"pk":{"S":"ACCOUNT#11111111-1111-4111-8111-111111111111"},` +
	`"sk":{"S":"TASK#a23b4ff9-5d7e-4603-b937-6e1f724316b9"},"Name":{"S":"Send scheduled report"},"Enabled":{"BOOL":true},` +
	`"Definition":{"M":{"TaskID":{"S":"7798c127-7f74-40c6-9bd4-caf4be84ca89"},"Frequency":{"S":"NONE"},` +
	`"StartDate":{"S":"2026-06-04T03:45:03.2545297+00:00"},"FinishDate":{"S":"2026-06-04T03:45:03.2545297+00:00"},` +
	`"Parameters":{"S":"{\"recipients\":[\"demo.user\"]}"},"ContentType":{"S":"application/json"},"Notification":{"S":"NONE"}}},` +
	`"DateCreated":{"S":"2026-01-01T00:00:00+00:00"},"DateModified":{"S":"2026-06-04T03:45:04.2545297+00:00"},` +
	`"LastModifiedBy":{"S":"demo.user"},"ClientID":{"S":"b8a82cbc-8926-4224-9def-9a9e2ad12ba2"},"Version":{"N":"8"},` +
	`"W0":{"S":"dG9rZW5fX3Rva2VuX190bw"},"W1":{"S":"dG9rZW5fX3Rva2VuX190bx"},"W2":{"S":"dG9rZW5fX3Rva2VuX190by"},"W3":{"S":""},` +
	`"F0":{"S":"cHJpbnRfX3ByaW50X19wcg"},"F1":{"S":"cHJpbnRfX3ByaW50X19wcw"},"F2":{"S":"cHJpbnRfX3ByaW50X19wcA"},"F3":{"S":""},` +
	`"D1":{"S":"2026-06-03T03:45:04.2545297+00:00"},"D2":{"S":"2026-06-02T03:45:04.2545297+00:00"},"D3":{"S":""},` +
	`"DueAt":{"S":"2026-06-04T03:45:04.2545297+00:00"},"DueShard":{"S":"11"},"LastEdit":{"S":"2026-06-04T03:45:04.2545297+00:00"},` +
	`"Edited":{"S":"2026-06-04T03:45:04.2545297+00:00"},"On":{"S":"2026-01-01T00:00:00.0000000+00:00"}}`

// catalogue is what DynamoDB answers to the query of a catalogue with three entries.
const catalogue = `{"Count":3,"ScannedCount":3,"Items":[` +
	`{"pk":{"S":"CATALOG"},"sk":{"S":"TASK#56c0f226-3d17-40df-8ddb-46b3ad09b70a"},"Name":{"S":"Import address book"}},` +
	`{"pk":{"S":"CATALOG"},"sk":{"S":"TASK#7798c127-7f74-40c6-9bd4-caf4be84ca89"},"Name":{"S":"Send scheduled report"}},` +
	`{"pk":{"S":"CATALOG"},"sk":{"S":"TASK#c0ffee11-2233-4455-8899-aabbccddeeff"},"Name":{"S":"Purge old messages"}}]}`

var answers = map[string]string{
	"UpdateItem":   `{"Attributes":` + item + `}`, // with ReturnValues ALL_NEW
	"GetItem":      `{"Item":` + item + `}`,
	"Query":        catalogue,
	"PutItem":      `{}`,
	"BatchGetItem": benchsample.Access(), // what the first call of a token asks for
}

// stub answers like DynamoDB over TLS. It gives a constant answer to each operation and counts the requests.
type stub struct {
	url        string
	answerTime time.Duration
	server     *http.Server

	mu      sync.Mutex
	counted map[string]int
}

func startStub(certificate tls.Certificate, answerTime time.Duration) (*stub, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &stub{url: "https://" + listener.Addr().String(), answerTime: answerTime, counted: make(map[string]int)}
	s.server = &http.Server{
		Handler: s,
		// DynamoDB speaks HTTP/1.1.
		TLSConfig:    &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"http/1.1"}},
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
	}
	go s.server.ServeTLS(listener, "", "")
	return s, nil
}

func (s *stub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	io.Copy(io.Discard, r.Body)
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	s.mu.Lock()
	s.counted[operation]++
	s.mu.Unlock()
	answer, known := answers[operation]
	if !known {
		http.Error(w, fmt.Sprintf("the stub has no answer to %q", operation), http.StatusNotImplemented)
		return
	}
	time.Sleep(s.answerTime)
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	w.Header().Set("X-Amz-Crc32", strconv.FormatUint(uint64(crc32.ChecksumIEEE([]byte(answer))), 10))
	io.WriteString(w, answer)
}

// takeCount returns the number of requests since it was last asked.
func (s *stub) takeCount() (requests int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range s.counted {
		requests += n
	}
	clear(s.counted)
	return requests
}

func (s *stub) close() { s.server.Close() }
