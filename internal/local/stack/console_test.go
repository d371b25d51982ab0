package stack

import (
	"bytes"
	"strings"
	"testing"
)

func TestMetricsOfTheFunctionAreNotShown(t *testing.T) {
	var terminal bytes.Buffer
	out := functionOutput{&console{out: &terminal}}
	const written = "{\"FunctionName\":\"f\",\"Updates\":1,\"_aws\":{\"Timestamp\":1}}\n{\"message\":\"request\"}\n"
	if n, err := out.Write([]byte(written)); n != len(written) || err != nil {
		t.Errorf("got %d, %v, want all of it taken", n, err)
	}
	if got, want := terminal.String(), "{\"message\":\"request\"}\n"; got != want {
		t.Errorf("got %q on the terminal, want %q", got, want)
	}
}

func TestTheConsoleSaysWhatRunsAndWhoAskedForIt(t *testing.T) {
	const detail = `{"runId":"R","account":"A","id":"I","name":"Send\u001breport","due":"D","trigger":"TRIGGER","user":"demo.user","parameters":"secret"}`
	for trigger, want := range map[string]string{
		"SCHEDULE": "RUN Send?report  task I of account A, due D, by the schedule  run R\n",
		"MANUAL":   "RUN Send?report  task I of account A, due D, asked for by demo.user  run R\n",
	} {
		var terminal bytes.Buffer
		out := &console{out: &terminal}
		out.event("accounttasks", "Account Task Due", []byte(strings.Replace(detail, "TRIGGER", trigger, 1)))
		out.event("test", "Account Task Due", []byte(detail))
		out.event("accounttasks", "Account Task Finished", []byte(detail))
		if got := terminal.String(); got != want {
			t.Errorf("%s: got %q, want %q", trigger, got, want)
		}
	}
}
