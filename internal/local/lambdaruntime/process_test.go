package lambdaruntime

import (
	"io"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
)

// watchSignals makes signalGroup note whether the group's first process was still
// there, alive or not yet reaped.
func watchSignals(t *testing.T) (present func() []bool) {
	var mu sync.Mutex
	var all []bool
	send := signalGroup
	t.Cleanup(func() { signalGroup = send })
	signalGroup = func(group int, signal syscall.Signal) error {
		mu.Lock()
		defer mu.Unlock()
		all = append(all, syscall.Kill(group, 0) == nil)
		return send(group, signal)
	}
	return func() []bool {
		mu.Lock()
		defer mu.Unlock()
		return all
	}
}

// TestAGroupIsSignalledOnlyBeforeItsProcessIsReaped holds for a process that ends by
// itself and for one that is killed: afterwards the number may be another group's.
func TestAGroupIsSignalledOnlyBeforeItsProcessIsReaped(t *testing.T) {
	for name, script := range map[string]string{"it ends": "exit 3", "it is killed": "sleep 600"} {
		t.Run(name, func(t *testing.T) {
			present := watchSignals(t)
			binary := filepath.Join(t.TempDir(), "bootstrap")
			if err := os.WriteFile(binary, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
				t.Fatal(err)
			}
			p, err := startProcess(binary, nil, io.Discard)
			if err != nil {
				t.Fatal(err)
			}
			if script == "exit 3" {
				<-p.exited
			}
			p.kill()
			sent := present()
			for _, wasPresent := range sent {
				if !wasPresent {
					t.Errorf("of %d signals one was sent when the process was reaped", len(sent))
				}
			}
			if len(sent) == 0 {
				t.Error("no signal was sent: processes that the process started still run")
			}
			p.kill() // a second time
			if again := present(); len(again) != len(sent) {
				t.Errorf("%d signals were sent when the process was reaped", len(again)-len(sent))
			}
		})
	}
}
