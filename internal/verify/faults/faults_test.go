package faults_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"accounttasks/internal/verify/faults"
)

// ledger is a table that applies every write once, however often it arrives, and remembers all arrivals.
type ledger struct {
	mu       sync.Mutex
	applied  map[string]bool
	arrivals []arrival
}

type arrival struct {
	token   string
	applied bool
}

var writeToken = regexp.MustCompile(`":token":\{"S":"([^"]+)"\}`)

func (l *ledger) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	token := writeToken.FindSubmatch(body)[1]
	l.mu.Lock()
	defer l.mu.Unlock()
	a := arrival{string(token), !l.applied[string(token)]}
	l.applied[a.token] = true
	l.arrivals = append(l.arrivals, a)
	status := http.StatusOK
	if !a.applied {
		status = http.StatusBadRequest
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("{}"))}, nil
}

func newLedger() *ledger { return &ledger{applied: map[string]bool{}} }

// attemptLimit is how long a client waits for an answer.
const attemptLimit = 1500 * time.Millisecond

// inSimulatedTime runs a test in which waiting takes no time.
func inSimulatedTime(t *testing.T, name string, check func(*testing.T)) {
	t.Helper()
	t.Run(name, func(t *testing.T) { synctest.Test(t, check) })
}

// update sends one attempt of a write through a link, and returns what its client sees within the limit.
func update(link *faults.Link, token string, limit time.Duration) string {
	client := &http.Client{Transport: link, Timeout: limit}
	r, err := http.NewRequest(http.MethodPost, "http://table.example/", strings.NewReader(
		fmt.Sprintf(`{"Key":{"pk":{"S":"a"}},"ExpressionAttributeValues":{":token":{"S":%q}}}`, token)))
	if err != nil {
		return err.Error()
	}
	r.Header.Set("X-Amz-Target", "DynamoDB_20120810.UpdateItem")
	response, err := client.Do(r)
	if err == nil {
		_, err = io.ReadAll(response.Body)
		response.Body.Close() // which also ends the client's timer
	}
	switch {
	case err == nil:
		return fmt.Sprint(response.StatusCode)
	case errors.Is(err, syscall.ECONNRESET):
		return "reset"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "cut"
	case errors.Is(err, io.EOF):
		return "closed"
	case errors.Is(err, context.DeadlineExceeded):
		return "silence"
	}
	return err.Error()
}

// always gives every attempt the same fate.
func always(fate faults.Fate) faults.Fates { return func() faults.Fate { return fate } }

func TestWhatEachFaultDoes(t *testing.T) {
	for fault, want := range map[faults.Fault]struct {
		sees     string
		arrivals int
	}{
		faults.Delivered:     {"200", 1},
		faults.DropRequest:   {"closed", 0},
		faults.DropAnswer:    {"closed", 1},
		faults.CutAnswer:     {"cut", 1},
		faults.ResetBefore:   {"reset", 0},
		faults.ResetAfter:    {"reset", 1},
		faults.StallBefore:   {"silence", 0},
		faults.StallAfter:    {"silence", 1},
		faults.FailBefore:    {"500", 0},
		faults.FailAfter:     {"500", 1},
		faults.Throttle:      {"400", 0},
		faults.Delay:         {"silence", 1},
		faults.Hold:          {"silence", 1},
		faults.Duplicate:     {"200", 2},
		faults.LateDuplicate: {"200", 2},
	} {
		inSimulatedTime(t, string(fault), func(t *testing.T) {
			table := newLedger()
			network := faults.NewNetwork(table)
			link := network.Link(always(faults.Fate{Fault: fault, Way: time.Millisecond, Back: time.Millisecond, Pause: time.Hour}))
			if got := update(link, "t", attemptLimit); got != want.sees {
				t.Errorf("the client sees %s, want %s", got, want.sees)
			}
			network.Drain()
			if got := len(table.arrivals); got != want.arrivals {
				t.Errorf("the request arrived %d times, want %d", got, want.arrivals)
			}
			if got := network.Met()[fault]; got != 1 {
				t.Errorf("got the fault counted %d times, want once", got)
			}
		})
	}
}

func TestWhatArrivesAgainIsCounted(t *testing.T) {
	inSimulatedTime(t, "late duplicate", func(t *testing.T) {
		network := faults.NewNetwork(newLedger())
		link := network.Link(always(faults.Fate{Fault: faults.LateDuplicate, Pause: 8 * time.Second}))
		for _, token := range []string{"a", "b"} {
			update(link, token, attemptLimit)
		}
		network.Drain()
		if got := network.Repeats(); got != 2 || network.AppliedAgain() != 0 {
			t.Errorf("got %d repeats and %d applied again, want 2 and none", got, network.AppliedAgain())
		}
	})
	inSimulatedTime(t, "a table that applies everything", func(t *testing.T) {
		network := faults.NewNetwork(roundTripper(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, nil
		}))
		update(network.Link(always(faults.Fate{Fault: faults.Duplicate})), "t", attemptLimit)
		network.Drain()
		if got := network.AppliedAgain(); got != 1 {
			t.Errorf("got %d applied again, want 1", got)
		}
	})
}

func TestHeldAttemptArrivesAfterItsPause(t *testing.T) {
	inSimulatedTime(t, "hold", func(t *testing.T) {
		table := newLedger()
		network := faults.NewNetwork(table)
		begun := time.Now()
		update(network.Link(always(faults.Fate{Fault: faults.Hold, Pause: 8 * time.Second})), "held", attemptLimit)
		update(network.Link(always(faults.Fate{Fault: faults.Delivered})), "other", attemptLimit)
		network.Drain()
		if took := time.Since(begun); took != 8*time.Second || table.arrivals[1].token != "held" {
			t.Errorf("got the arrivals %v after %s, want the held one last, after its pause", table.arrivals, took)
		}
	})
}

func TestOtherOperationsPass(t *testing.T) {
	table := roundTripper(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusTeapot, Body: http.NoBody}, nil
	})
	link := faults.NewNetwork(table).Link(always(faults.Fate{Fault: faults.DropRequest}))
	response, err := (&http.Client{Transport: link}).Post("http://table.example/", "", strings.NewReader("{}"))
	if err != nil || response.StatusCode != http.StatusTeapot {
		t.Errorf("got %v and %v, want the table's own answer", response, err)
	}
}

func TestTableThatFailsIsTold(t *testing.T) {
	network := faults.NewNetwork(roundTripper(func(*http.Request) (*http.Response, error) { return nil, io.EOF }))
	update(network.Link(always(faults.Fate{Fault: faults.Delivered})), "t", attemptLimit)
	network.Drain()
	if network.Failure() == nil {
		t.Error("Failure does not report that the table failed")
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
