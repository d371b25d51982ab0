package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"time"

	"accounttasks/internal/local/demo"

	_ "embed"
)

// servers are the processes under load.
type servers []*exec.Cmd

// start starts a server that listens on an address, and waits until it does.
func (s *servers) start(address string, environment []string, name string, arguments ...string) error {
	server := exec.Command(name, arguments...)
	server.Env = append(os.Environ(), environment...)
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		return err
	}
	*s = append(*s, server)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for {
		connection, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		if err == nil {
			return connection.Close()
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s does not listen on %s: %w", name, address, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (s *servers) stop() {
	for _, server := range *s {
		server.Process.Signal(os.Interrupt)
		server.Wait()
	}
}

// updateItem is the update that the service makes of the sample below, but that the token it looks for in the
// register is not the one it writes: the load is the same update again and again.
//
//go:embed updateitem.json
var updateItem []byte

const sample = `{"Enabled":true,"TaskID":"7798c127-7f74-40c6-9bd4-caf4be84ca89","Frequency":"DAILY",` +
	`"Parameters":"{\"report\":\"usage\"}","ContentType":"application/json"}`

// relays is how many relays make the way to the bare table as long as the stack's: four exchanges of HTTP, which
// in the stack are those with the gateway, of the function's next event, of its answer, and with the table.
const relays = 3

// startBareTable starts the embedded table behind the relays.
func (s *servers) startBareTable(o options) (target, error) {
	table, err := freeAddress()
	if err != nil {
		return target{}, err
	}
	if err := s.start(table, nil, o.stack, "table", "-listen", table); err != nil {
		return target{}, err
	}
	front := table
	for range relays {
		behind := front
		if front, err = freeAddress(); err != nil {
			return target{}, err
		}
		if err := s.start(front, nil, os.Args[0], "relay", front, behind); err != nil {
			return target{}, err
		}
	}
	header := http.Header{"X-Amz-Target": {"DynamoDB_20120810.UpdateItem"}, "Content-Type": {"application/x-amz-json-1.0"}}
	return target{Method: http.MethodPost, URL: "http://" + front, Header: header, Body: updateItem}, nil
}

// relay passes on what it receives, until it is ended.
func relay(address, to string) error {
	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: to})
	proxy.Transport = &http.Transport{MaxIdleConnsPerHost: 100}
	return http.ListenAndServe(address, proxy)
}

// startStack starts the local stack and logs in as the demo client.
func (s *servers) startStack(o options) (target, error) {
	address, err := freeAddress()
	if err != nil {
		return target{}, err
	}
	_, port, _ := net.SplitHostPort(address)
	variables := []string{"PORT=" + port, "DYNAMODB_ENDPOINT=", "TABLE_NAME="}
	if err := s.start(address, variables, o.stack, "-function", o.function, "-template", o.template); err != nil {
		return target{}, err
	}
	token, err := logIn("http://" + address + "/Token")
	if err != nil {
		return target{}, err
	}
	header := http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"application/json"}}
	path := "/api/v1/admin/tasks/account/" + demo.TaskID.String()
	return target{Method: http.MethodPut, URL: "http://" + address + path, Header: header, Body: []byte(sample)}, nil
}

func logIn(endpoint string) (token string, err error) {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"demo"}, "client_secret": {"demo-secret"}}
	answer, err := http.PostForm(endpoint, form)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	var granted struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&granted); err != nil || granted.AccessToken == "" {
		return "", fmt.Errorf("the stack gave no token: %s, %w", answer.Status, err)
	}
	return granted.AccessToken, nil
}

// freeAddress is an address on loopback that nobody listens on.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}
