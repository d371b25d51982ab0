package linearizability_test

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/verify/faults"
	"accounttasks/internal/verify/linearizability"
)

// The store's condition, and the part of it that is the register of write tokens.
const (
	conditionFile = "../../dynamo/expression.go"
	registerCheck = " AND #W0 <> :token AND #W1 <> :token AND #W2 <> :token AND #W3 <> :token"
)

// TestCheckerFindsAStoreWithoutTheRegister builds the run anew with a store whose condition does not look at
// the register, and demands that the check of the histories fails.
func TestCheckerFindsAStoreWithoutTheRegister(t *testing.T) {
	t.Parallel()
	arguments := []string{"test", "-count=1", "-timeout=3m", "-overlay=" + withoutRegister(t), "-run=^TestUpdatesAreLinearizable$"}
	if isRaceBuild() {
		arguments = append(arguments, "-race") // what is built for this run is built already
	}
	run := exec.CommandContext(t.Context(), "go", append(arguments, ".", "-seed=1", "-mix=late")...)
	run.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
	output, err := run.CombinedOutput()
	if err == nil || !strings.Contains(string(output), "the history is not linearizable") {
		t.Errorf("got %v, want the anomaly found; the run said:\n%s", err, output)
	}
}

// withoutRegister writes the overlay of the changed store, and gives its path.
func withoutRegister(t *testing.T) string {
	t.Helper()
	original, err := filepath.Abs(conditionFile)
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(original)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(source), registerCheck); n != 1 {
		t.Fatalf("%s has the register's condition %d times, want once: %s", conditionFile, n, registerCheck)
	}
	changed, overlay := filepath.Join(t.TempDir(), "expression.go"), filepath.Join(t.TempDir(), "overlay.json")
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{original: changed}})
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range map[string][]byte{
		changed: []byte(strings.Replace(string(source), registerCheck, "", 1)), overlay: replace,
	} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return overlay
}

func isRaceBuild() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// TestBoundOfTheRegister holds an attempt back while others update the task: with three of them it is known
// for a repeat when it arrives, with four it is applied again (contract section 5.13).
func TestBoundOfTheRegister(t *testing.T) {
	for others, want := range map[int]struct {
		version int64
		writer  string
	}{
		3: {version: 5, writer: "other"},
		4: {version: 7, writer: "held back"},
	} {
		s := startSystem(t, 1, others)
		late := func() faults.Fate { return faults.Fate{Fault: faults.LateDuplicate, Others: others} }
		onTime := func() faults.Fate { return faults.Fate{Fault: faults.Delivered} }
		s.update(t, s.startFunction(t, late, identifiers(1, 0)), "held back")
		other := s.startFunction(t, onTime, identifiers(1, 1))
		for range others {
			s.update(t, other, "other")
		}
		s.network.Drain()
		got := s.read(t, s.tasks[0])
		if got.Version != want.version || got.Writer != want.writer {
			t.Errorf("after %d others: got version %d by %q, want version %d by %q", others, got.Version, got.Writer, want.version, want.writer)
		}
	}
}

// update has the function carry out an update without a key, which must succeed.
func (s *system) update(t *testing.T, f *function, writer string) {
	t.Helper()
	r := request{client: "client", task: s.tasks[0]}
	r.Update = linearizability.Update{Writer: writer}
	if answer := f.invoke(t, r); answer.Status != http.StatusOK || answer.Replayed {
		t.Fatalf("got %+v for an update, want it applied", answer)
	}
	f.link.Settle()
}
