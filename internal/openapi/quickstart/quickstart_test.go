package quickstart_test

import (
	"path"
	"strings"
	"testing"

	"accounttasks/internal/openapi/quickstart"
)

func TestEveryProgramSaysHowToRunIt(t *testing.T) {
	for _, p := range quickstart.Programs() {
		source := string(p.Source())
		if want := "CLIENT_SECRET=demo-secret " + p.Command; !strings.Contains(source, want) {
			t.Errorf("%s does not say %q", p.File, want)
		}
		if folder := path.Dir(p.File); folder != p.ID {
			t.Errorf("%s is in the folder %s, want %s", p.File, folder, p.ID)
		}
	}
}
