package faults_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/verify/faults"
)

func TestMixesByNameOrList(t *testing.T) {
	for text, want := range map[string]faults.Mix{
		"none":                   {},
		"late":                   faults.Mixes["late"],
		"hold=10":                {faults.Hold: 10},
		"hold=10,drop-answer=90": {faults.Hold: 10, faults.DropAnswer: 90},
		"hold=10,hold=20":        {faults.Hold: 30},
	} {
		if got, err := faults.ParseMix(text); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v and %v, want %v", text, got, err, want)
		}
	}
}

func TestMixesThatAreNone(t *testing.T) {
	for _, text := range []string{"", "hold", "hold=", "hold=x", "hold=-1", "holds=10", "hold=10,", "hold=60,delay=41"} {
		if got, err := faults.ParseMix(text); err == nil || !strings.Contains(err.Error(), "mix") {
			t.Errorf("%q: got %v and %v, want an error that explains mixes", text, got, err)
		}
	}
}

func TestNamedMixesAreMixes(t *testing.T) {
	for name, mix := range faults.Mixes {
		sum := 0
		for _, share := range mix {
			sum += share
		}
		if sum > 100 {
			t.Errorf("the mix %s makes %d of 100 attempts fail", name, sum)
		}
	}
}

// draw returns the first fates of a client.
func draw(mix faults.Mix, seed, client uint64) []faults.Fate {
	next := mix.Fates(seed, client, time.Second)
	fates := make([]faults.Fate, 10_000)
	for i := range fates {
		fates[i] = next()
	}
	return fates
}

func TestSeedDecidesFates(t *testing.T) {
	first := draw(faults.Mixes["all"], 1, 1)
	if !reflect.DeepEqual(first, draw(faults.Mixes["all"], 1, 1)) {
		t.Error("the same seed and client drew other fates")
	}
	if reflect.DeepEqual(first, draw(faults.Mixes["all"], 2, 1)) || reflect.DeepEqual(first, draw(faults.Mixes["all"], 1, 2)) {
		t.Error("another seed, or another client, drew the same fates")
	}
}

func TestFatesFollowTheMix(t *testing.T) {
	met := map[faults.Fault]int{}
	for _, fate := range draw(faults.Mix{faults.Hold: 30, faults.Delay: 20}, 1, 1) {
		met[fate.Fault]++
		if fate.Pause < 0 || fate.Pause >= time.Second {
			t.Fatalf("got a pause of %s, want less than a second", fate.Pause)
		}
	}
	for fault, percent := range map[faults.Fault]int{faults.Hold: 30, faults.Delay: 20, faults.Delivered: 50} {
		if got := float64(met[fault]) / 100; got < float64(percent)-3 || got > float64(percent)+3 {
			t.Errorf("%s: got %.1f of a hundred, want %d", fault, got, percent)
		}
	}
	if len(met) != 3 {
		t.Errorf("got the faults %v, want three", met)
	}
}
