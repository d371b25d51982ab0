package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"testing"

	"accounttasks/internal/verify/bench/sample"
)

// startOnCannedTable starts the function on a table that answers every update with the same task. Such a table makes
// hardly any allocations, so those of an invocation are the function's own.
func startOnCannedTable(t testing.TB) *function {
	t.Helper()
	handler, err := newFunction(inEnvironment(environment(startCannedTable(t)), io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	return &function{handler: handler}
}

// startCannedTable starts the table and returns its address.
func startCannedTable(t testing.TB) (url string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go answerCanned(connection)
		}
	}()
	return "http://" + listener.Addr().String()
}

// answerCanned answers the requests of one connection until it ends.
func answerCanned(connection net.Conn) {
	defer connection.Close()
	requests := bufio.NewReaderSize(connection, 1<<20)
	for {
		answer, err := cannedAnswer(requests)
		if err != nil {
			return
		}
		if _, err := connection.Write(answer); err != nil {
			return
		}
	}
}

// cannedAnswer reads one request and returns the constant answer to its operation.
func cannedAnswer(requests *bufio.Reader) (answer []byte, err error) {
	answer, length := updatedAnswer, 0
	for {
		line, err := requests.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			_, err = requests.Discard(length)
			return answer, err
		}
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(value)); err != nil {
				return nil, errors.New("a request without a length")
			}
		case bytes.HasSuffix(value, []byte(".Query")):
			answer = catalogueAnswer
		case bytes.HasSuffix(value, []byte(".BatchGetItem")):
			answer = accessAnswer
		case bytes.HasSuffix(value, []byte(".GetItem")):
			answer = readAnswer
		}
	}
}

var (
	accessAnswer    = canned(sample.Access())
	catalogueAnswer = canned(`{"Count":1,"ScannedCount":1,"Items":[{"pk":{"S":"CATALOG"},"sk":{"S":"TASK#` + reportTaskID +
		`"},"Name":{"S":"Send scheduled report"}}]}`)
	updatedAnswer = canned(`{"Attributes":` + cannedItem + `}`)
	readAnswer    = canned(`{"Item":` + cannedItem + `}`)
)

// cannedItem is the task in every answer.
const cannedItem = `{"pk":{"S":"ACCOUNT#` + demoAccount + `"},"sk":{"S":"TASK#` + demoTask + `"},` +
	`"Name":{"S":"Send scheduled report"},"Enabled":{"BOOL":true},"Definition":{"M":{"TaskID":{"S":"` + reportTaskID + `"},` +
	`"Frequency":{"S":"NONE"},"StartDate":{"S":"2026-06-04T03:45:03.2545297+00:00"},` +
	`"FinishDate":{"S":"2026-06-04T03:45:03.2545297+00:00"},"Parameters":{"S":"{\"recipients\":[\"demo.user\"]}"},` +
	`"ContentType":{"S":"application/json"},"Notification":{"S":"NONE"}}},"DateCreated":{"S":"2026-01-01T00:00:00+00:00"},` +
	`"DateModified":{"S":"2026-06-04T03:45:04.2545297+00:00"},"LastModifiedBy":{"S":"demo.user"},` +
	`"ClientID":{"S":"b8a82cbc-8926-4224-9def-9a9e2ad12ba2"},"Version":{"N":"8"},` +
	`"W0":{"S":"dG9rZW5fX3Rva2VuX190bw"},"W1":{"S":""},"W2":{"S":""},"W3":{"S":""},` +
	`"F0":{"S":"cHJpbnRfX3ByaW50X19wcg"},"F1":{"S":""},"F2":{"S":""},"F3":{"S":""}}`

func canned(body string) []byte {
	return fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}
