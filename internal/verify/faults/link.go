package faults

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"
)

// Link is one client's connection to the network: the transport of its HTTP client.
type Link struct {
	network *Network
	fates   Fates
}

// RoundTrip implements http.RoundTripper. Faults happen only to the operations in meetFates.
func (l *Link) RoundTrip(r *http.Request) (*http.Response, error) {
	a, err := readAttempt(r)
	if err != nil {
		return nil, err
	}
	if !a.meetsFate() {
		answer, err := a.send(l.network.table)
		if err != nil {
			return nil, err
		}
		return answer.to(r), nil
	}
	c := &crossing{link: l, attempt: a, fate: l.fates()}
	l.network.count(c.fate.Fault)
	return treatments[c.fate.Fault](c)
}

// crossing is one attempt with its fate.
type crossing struct {
	link    *Link
	attempt *attempt
	fate    Fate
}

// What a client sees of a connection that ends.
var (
	errClosed       = io.EOF
	errReset  error = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
)

// treatments implement the faults.
var treatments = map[Fault]func(*crossing) (*http.Response, error){
	Delivered:   func(c *crossing) (*http.Response, error) { return c.await(c.send()) },
	DropRequest: func(*crossing) (*http.Response, error) { return nil, errClosed },
	DropAnswer:  func(c *crossing) (*http.Response, error) { return c.lose(errClosed) },
	CutAnswer:   (*crossing).cut,
	ResetBefore: func(*crossing) (*http.Response, error) { return nil, errReset },
	ResetAfter:  func(c *crossing) (*http.Response, error) { return c.lose(errReset) },
	StallBefore: (*crossing).stall,
	StallAfter:  func(c *crossing) (*http.Response, error) { c.send(); return c.stall() },
	FailBefore:  (*crossing).fail,
	FailAfter:   (*crossing).failAfter,
	Throttle:    (*crossing).throttle,
	Delay: func(c *crossing) (*http.Response, error) {
		return c.await(c.sendAfter(min(c.fate.Pause, longestDelay)))
	},
	Hold:          func(c *crossing) (*http.Response, error) { c.sendAfter(c.fate.Pause); return c.stall() },
	Duplicate:     (*crossing).duplicate,
	LateDuplicate: func(c *crossing) (*http.Response, error) { c.sendAfter(c.fate.Pause); return c.await(c.send()) },
}

// longestDelay is longer than a client waits for an answer.
const longestDelay = 2 * time.Second

// send sends the attempt immediately.
func (c *crossing) send() <-chan arrival { return c.sendAfter(0) }

// sendAfter sends the attempt after a pause.
func (c *crossing) sendAfter(pause time.Duration) <-chan arrival {
	return c.link.network.dispatch(c.attempt, c.fate.Way+pause)
}

// await waits for the answer as long as the client does.
func (c *crossing) await(arrived <-chan arrival) (*http.Response, error) {
	gone := c.attempt.request.Context().Done()
	select {
	case a := <-arrived:
		if a.err != nil {
			return nil, a.err
		}
		back := time.NewTimer(c.fate.Back)
		defer back.Stop()
		select {
		case <-back.C:
			return a.answer.to(c.attempt.request), nil
		case <-gone:
		}
	case <-gone:
	}
	return nil, c.attempt.request.Context().Err()
}

// lose sends the attempt, and then ends the connection with err.
func (c *crossing) lose(err error) (*http.Response, error) {
	if _, failed := c.await(c.send()); failed != nil {
		return nil, failed
	}
	return nil, err
}

func (c *crossing) cut() (*http.Response, error) {
	response, err := c.await(c.send())
	if err != nil {
		return nil, err
	}
	whole, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	half := bytes.NewReader(whole[:len(whole)/2])
	response.Body = io.NopCloser(io.MultiReader(half, broken{}))
	return response, nil
}

// broken is the rest of an answer that is cut off.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func (c *crossing) stall() (*http.Response, error) {
	<-c.attempt.request.Context().Done()
	return nil, c.attempt.request.Context().Err()
}

func (c *crossing) fail() (*http.Response, error) {
	return refusal(http.StatusInternalServerError, "InternalServerError").to(c.attempt.request), nil
}

func (c *crossing) failAfter() (*http.Response, error) {
	if _, err := c.await(c.send()); err != nil {
		return nil, err
	}
	return c.fail()
}

func (c *crossing) throttle() (*http.Response, error) {
	return refusal(http.StatusBadRequest, "ProvisionedThroughputExceededException").to(c.attempt.request), nil
}

func (c *crossing) duplicate() (*http.Response, error) {
	first, second := c.send(), c.sendAfter(c.fate.Back)
	if _, err := c.await(second); err != nil {
		return nil, err
	}
	return c.await(first)
}
