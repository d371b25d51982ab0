package runner

import (
	"flag"
	"math/rand/v2"
	"testing"
	"time"
)

var (
	plays = flag.Int("plays", defaultPlays, "how many plays are run of each kind but the long one, of which a twentieth")
	seed  = flag.Uint64("seed", 1, "of the first play")
)

// TestWhatIsDueRuns plays days of tasks under all faults.
func TestWhatIsDueRuns(t *testing.T) {
	stormy := dense
	stormy.edits, stormy.withoutNotice = 5, 400*time.Millisecond
	held := dense
	held.holds, held.outages = 3, 0
	calm := dense
	calm.faults, calm.busFaults, calm.kill, calm.edits = 0, 0, 0, 12
	for _, kind := range []struct {
		name string
		options
		plays int
	}{
		{"dense", dense, *plays}, {"rough", rough, *plays}, {"calm", calm, *plays / 4}, {"held", held, *plays / 2}, {"edited without pause", stormy, *plays / 20}, {"weeks", long, *plays / 20},
	} {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			claims := 0
			for n := range uint64(max(1, kind.plays)) {
				claims += checked(t, *seed+n, newPlay(newWorld(rand.New(rand.NewPCG(*seed+n, 0))), kind.options))
			}
			mustHaveRun(t, claims)
		})
	}
}

// checked runs a play, reports what the checker finds, and returns how many runs were claimed.
func checked(t *testing.T, seed uint64, p *play) (claims int) {
	t.Helper()
	for _, found := range p.check() {
		t.Errorf("seed %d: %s", seed, found)
	}
	for _, r := range p.rows {
		claims += len(r.claims)
	}
	return claims
}

// mustHaveRun fails a test whose plays have run nothing.
func mustHaveRun(t *testing.T, claims int) {
	t.Helper()
	t.Logf("%d runs claimed", claims)
	if claims == 0 {
		t.Error("nothing ran")
	}
}
