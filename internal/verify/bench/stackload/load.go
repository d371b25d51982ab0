package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// target is a request as vegeta takes it.
type target struct {
	Method string      `json:"method"`
	URL    string      `json:"url"`
	Header http.Header `json:"header"`
	Body   []byte      `json:"body"`
}

// report is what vegeta reports of a load.
type report struct {
	Throughput float64        `json:"throughput"` // successes per second
	Success    float64        `json:"success"`    // in parts of all
	Statuses   map[string]int `json:"status_codes"`
	Latencies  struct {
		Mean time.Duration `json:"mean"`
	} `json:"latencies"`
}

func rate(r report) float64 { return r.Throughput }

func meanTime(r report) float64 { return float64(r.Latencies.Mean) / float64(time.Millisecond) }

// attack repeats the request as fast as the workers get answers.
func attack(o options, workers int, t target) (report, error) {
	request, err := json.Marshal(t)
	if err != nil {
		return report{}, err
	}
	n := strconv.Itoa(workers)
	shooting := exec.Command(o.vegeta, "attack", "-format=json", "-rate=0", "-workers="+n, "-max-workers="+n, "-duration="+o.duration.String())
	shooting.Stdin, shooting.Stderr = bytes.NewReader(append(request, '\n')), os.Stderr
	shots, err := shooting.Output()
	if err != nil {
		return report{}, fmt.Errorf("vegeta attack: %w", err)
	}
	counting := exec.Command(o.vegeta, "report", "-type=json")
	counting.Stdin, counting.Stderr = bytes.NewReader(shots), os.Stderr
	counted, err := counting.Output()
	if err != nil {
		return report{}, fmt.Errorf("vegeta report: %w", err)
	}
	var r report
	if err := json.Unmarshal(counted, &r); err != nil {
		return report{}, err
	}
	if r.Success < 1 {
		return r, fmt.Errorf("not every request to %s succeeded: %v", t.URL, r.Statuses)
	}
	return r, nil
}
