package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTheDocumentsShowTheRecordedFigures(t *testing.T) {
	const root = "../../.."
	all, err := readFigures(root)
	if err != nil {
		t.Fatal(err)
	}
	documents, err := documentsOf(root, all)
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range documents {
		got, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s does not show the figures of %s: make bench-figures measures them, or %s writes them again", file, dataFile,
				"go run ./internal/verify/bench -record . -show")
		}
	}
}

func TestTheSharesAreThoseOfLambda(t *testing.T) {
	for i, want := range []string{"1.447ms", "2.894ms", "20ms"} {
		if got := shares[i].quota.String(); got != want {
			t.Errorf("%s: got %s of CPU time in each period, want %s", shares[i].name, got, want)
		}
	}
}
