package linearizability_test

import (
	"net/http"
	"testing"

	"accounttasks/internal/verify/faults"
	"accounttasks/internal/verify/linearizability"
)

// TestHeldAttemptIsNeverAppliedAgain holds an attempt back while others update the task: whether its token is still
// in the register when it arrives or not, it is older than what it meets (contract section 5.13).
func TestHeldAttemptIsNeverAppliedAgain(t *testing.T) {
	for others, want := range map[int]struct {
		version int64
		writer  string
	}{
		3: {version: 5, writer: "other"},
		4: {version: 6, writer: "other"},
		9: {version: 11, writer: "other"},
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
