package main

import (
	"io"
	"testing"
)

func TestMemoryThatGrowsIsAnError(t *testing.T) {
	rising := func(from, by float64, samples int) []sample {
		var taken []sample
		for i := range samples {
			taken = append(taken, sample{largest: from + by*float64(i)})
		}
		return taken
	}
	for _, test := range []struct {
		name  string
		taken []sample
		flat  bool
	}{
		{"flat", rising(15, 0, 100), true},
		{"falling", rising(15, -0.1, 100), true},
		{"a little more", rising(15, 0.05, 100), true},
		{"a leak", rising(15, 0.5, 100), false},
		{"one sample out of many", append(rising(15, 0, 99), sample{largest: 30}), true},
		{"too few to tell", rising(15, 0, enough-1), false},
		{"none", nil, false},
	} {
		if err := checkGrowth(io.Discard, test.taken); (err == nil) != test.flat {
			t.Errorf("%s: got %v", test.name, err)
		}
	}
}

func TestSampleIsOfTheChildrenAlone(t *testing.T) {
	got, err := readSample(" 7 3000 ps\n 7 15000 bootstrap\n 70 99000 bootstrap\n 7 16000 /opt/bootstrap\n 1 50 sh\n", 7)
	if want := (sample{largest: 16, sum: 31, instances: 2}); err != nil || got != want {
		t.Errorf("got %+v and %v, want %+v", got, err, want)
	}
	if _, err := readSample(" 7 much bootstrap\n", 7); err == nil {
		t.Error("a size that is not a number was accepted")
	}
}
