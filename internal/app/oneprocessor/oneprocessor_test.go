package oneprocessor_test

import (
	"os"
	"os/exec"
	"runtime"
	"testing"

	_ "accounttasks/internal/app/oneprocessor"
)

// TestInLambdaThereIsOneProcessor runs this test again in a process whose environment is Lambda's.
func TestInLambdaThereIsOneProcessor(t *testing.T) {
	const inLambda = "AWS_LAMBDA_RUNTIME_API"
	if os.Getenv(inLambda) != "" {
		if got := runtime.GOMAXPROCS(0); got != 1 {
			t.Errorf("got %d processors, want 1", got)
		}
		return
	}
	command := exec.Command(os.Args[0], "-test.run=^TestInLambdaThereIsOneProcessor$")
	command.Env = []string{inLambda + "=127.0.0.1:1", "GOMAXPROCS=2"}
	if output, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}
