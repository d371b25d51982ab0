package faults

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"
)

// Link is one client's way through the network: the transport of its HTTP client. A client makes one attempt
// after the other.
type Link struct {
	network *Network
	fates   Fates
	sent    []*write
}

// Settle tells that the client will not send again what it has sent so far.
func (l *Link) Settle() {
	l.network.gate.settle(l.sent)
	l.sent = nil
}

// RoundTrip implements http.RoundTripper. Only updates meet a fate.
func (l *Link) RoundTrip(r *http.Request) (*http.Response, error) {
	a, err := readAttempt(r)
	if err != nil {
		return nil, err
	}
	if !a.isUpdate() {
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

// crossing is one attempt of an update with its fate.
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

// treatments carry the faults out.
var treatments = map[Fault]func(*crossing) (*http.Response, error){
	Delivered:     func(c *crossing) (*http.Response, error) { return c.await(c.send()) },
	DropRequest:   func(*crossing) (*http.Response, error) { return nil, errClosed },
	DropAnswer:    func(c *crossing) (*http.Response, error) { return c.lose(errClosed) },
	CutAnswer:     (*crossing).cut,
	ResetBefore:   func(*crossing) (*http.Response, error) { return nil, errReset },
	ResetAfter:    func(c *crossing) (*http.Response, error) { return c.lose(errReset) },
	StallBefore:   (*crossing).stall,
	StallAfter:    func(c *crossing) (*http.Response, error) { c.send(); return c.stall() },
	FailBefore:    (*crossing).fail,
	FailAfter:     (*crossing).failAfter,
	Throttle:      (*crossing).throttle,
	Delay:         func(c *crossing) (*http.Response, error) { return c.await(c.sendAfter(c.pause)) },
	Hold:          func(c *crossing) (*http.Response, error) { c.sendHeld(); return c.stall() },
	Duplicate:     (*crossing).duplicate,
	LateDuplicate: func(c *crossing) (*http.Response, error) { c.sendHeld(); return c.await(c.send()) },
}

// send sends the attempt at once.
func (c *crossing) send() <-chan arrival { return c.sendAfter(func() {}) }

// sendAfter sends the attempt when ready returns.
func (c *crossing) sendAfter(ready func()) <-chan arrival {
	return c.link.network.dispatch(c.attempt, c.announce(), ready)
}

// sendHeld sends the attempt when others have overtaken it.
func (c *crossing) sendHeld() {
	w, n := c.announce(), c.link.network
	n.dispatch(c.attempt, w, func() { n.gate.hold(w, c.fate.Others) })
}

func (c *crossing) announce() *write {
	w := c.link.network.gate.announce(c.attempt.key, c.attempt.token)
	c.link.sent = append(c.link.sent, w)
	return w
}

func (c *crossing) pause() {
	timer := time.NewTimer(c.fate.Pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-c.link.network.drained:
	}
}

// await waits for the answer as long as the client does.
func (c *crossing) await(arrived <-chan arrival) (*http.Response, error) {
	select {
	case a := <-arrived:
		if a.err != nil {
			return nil, a.err
		}
		return a.answer.to(c.attempt.request), nil
	case <-c.attempt.request.Context().Done():
		return nil, c.attempt.request.Context().Err()
	}
}

// lose has the attempt carried out and the connection end with err.
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

// broken is the rest of an answer that is cut.
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
	first, second := c.send(), c.send()
	if c.fate.Second {
		return c.await(second)
	}
	return c.await(first)
}
