package linear_test

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"

	"accounttasks/internal/verify/linear"
)

// pairs counts equal pairs of bytes at the given number of places.
func pairs(places int, input []byte) (count int) {
	for i := range min(places, len(input)) {
		count += bytes.Count(input, input[i:i+1])
	}
	return count
}

func xs(size int) string { return strings.Repeat("x", size) }

func TestLinearWorkPasses(t *testing.T) {
	linear.Check(t, xs, func(input []byte) { pairs(100, input) })
}

// TestSquareWorkFails runs this test again in another process, in which the work grows with the square.
func TestSquareWorkFails(t *testing.T) {
	const square = "LINEAR_TEST_SQUARE"
	if os.Getenv(square) != "" {
		linear.Check(t, xs, func(input []byte) { pairs(8192*len(input)/linear.Large, input) })
		return
	}
	command := exec.Command(os.Args[0], "-test.run=^TestSquareWorkFails$")
	command.Env = append(os.Environ(), square+"=1")
	if output, err := command.CombinedOutput(); err == nil || !bytes.Contains(output, []byte("at most four times as much")) {
		t.Errorf("got %v and %s, want the square noticed", err, output)
	}
}
