package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestAnExportNamesTheClientsThatTheOtherPlatformDoesNotKnow(t *testing.T) {
	d, o := deploy(t), newOld(t)
	o.write(clientsFile, clientLine("first", `"Secret":"secret of 2019"`), clientLine("second", `"Secret":"secret of 2019"`))
	d.mustRun(t, "import", o.from())
	export := func(want ...string) string {
		return d.mustRun(t, "export-tasks", []string{"FILE=" + filepath.Join(t.TempDir(), exportedFile)}, want...)
	}
	if said := export("Clients that are not in the file: registered here 0, with another secret here 0."); strings.Contains(said, "CLIENT") {
		t.Errorf("got %q, want no list", said)
	}
	registered := credential(t, d.mustRun(t, "register-client", billing()))
	rotated := credential(t, d.mustRun(t, "rotate-secret", []string{"CLIENT=second"}))
	said := export("Clients that are not in the file: registered here 1, with another secret here 1.", registered.ClientID+"  42       billing.user  Billing ",
		" registered here\n", "second ", " has another secret here\n")
	if strings.Contains(said, registered.Secret) || strings.Contains(said, rotated.Secret) || strings.Contains(said, "first") {
		t.Errorf("got %q, want no secret, and no client that is as it was imported", said)
	}
	d.mustRun(t, "remove-client", []string{"CLIENT=first"})
	d.mustRun(t, "check-import", o.from(), "To be imported: clients 1 new")
}
