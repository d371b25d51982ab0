package stack

import (
	"bytes"
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
