package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"accounttasks/internal/local/demo"
)

const (
	// startLimit is the time limit for the start of the stack. It includes the download of the modules and a full
	// build.
	startLimit = 10 * time.Minute
	// pause is the time between two attempts to reach the stack.
	pause = 100 * time.Millisecond
	// stopLimit is the time limit for its end.
	stopLimit = 15 * time.Second
)

// checkRun starts `make run`, uses the service and stops it.
func checkRun(bin string, environment []string) error {
	address, err := freeAddress()
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	command := bareCommand(bin, append(environment, "PORT="+port), "make", "run")
	if err := command.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	if err := waitUntilServed(address, ended); err != nil {
		return errors.Join(err, stop(command, ended))
	}
	err = useService("http://" + address)
	if err := errors.Join(err, stop(command, ended)); err != nil {
		return err
	}
	if connection, err := net.Dial("tcp", address); err == nil {
		return errors.Join(errors.New("the stack still listens after make has ended"), connection.Close())
	}
	return nil
}

// freeAddress returns an address on which no program listens.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

// waitUntilServed returns when something listens on the address.
func waitUntilServed(address string, ended chan error) error {
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	for {
		connection, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		if err == nil {
			return connection.Close()
		}
		select {
		case err := <-ended:
			ended <- err
			return fmt.Errorf("the stack ended before it listened: %w", err)
		case <-ctx.Done():
			return fmt.Errorf("the stack does not listen after %s: %w", startLimit, err)
		case <-time.After(pause):
		}
	}
}

// stop sends make a signal, which make passes on to the stack, and waits for its end. make reports the signal as an
// error, which is expected.
func stop(command *exec.Cmd, ended chan error) error {
	if err := command.Process.Signal(syscall.SIGTERM); err != nil && len(ended) == 0 {
		return err
	}
	select {
	case <-ended:
		return nil
	case <-time.After(stopLimit):
		return errors.Join(fmt.Errorf("the stack still runs %s after SIGTERM", stopLimit), command.Process.Kill())
	}
}

// useService gets a token and updates a task with it.
func useService(origin string) error {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"demo"}, "client_secret": {"demo-secret"}}
	var token struct {
		AccessToken string `json:"access_token"`
	}
	answer, err := http.PostForm(origin+"/Token", form)
	if err := decode(answer, err, &token); err != nil {
		return fmt.Errorf("POST /Token: %w", err)
	}
	const update = `{"TaskID":"7798c127-7f74-40c6-9bd4-caf4be84ca89","Frequency":"DAILY","Parameters":"{}","ContentType":"application/json"}`
	request, err := http.NewRequest(http.MethodPut, origin+"/api/v1/admin/tasks/account/"+demo.TaskID.String(), strings.NewReader(update))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token.AccessToken)
	var updated struct{ ResponseData struct{ Result string } }
	answer, err = http.DefaultClient.Do(request)
	if err := decode(answer, err, &updated); err != nil {
		return fmt.Errorf("the update: %w", err)
	}
	if got := updated.ResponseData.Result; got != "Success" {
		return fmt.Errorf("the update: got the result %q, want Success", got)
	}
	return nil
}

// decode reads the JSON of a 200.
func decode(answer *http.Response, err error, into any) error {
	if err != nil {
		return err
	}
	body, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("got %s, want 200: %s", answer.Status, body)
	}
	return json.Unmarshal(body, into)
}
