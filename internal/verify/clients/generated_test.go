//go:build clients

package clients_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// generators make a client each in a folder of its own, with a generator and its program of the folder generated, and
// give the command that does a full round with it.
var generators = map[string]func(g generation) (command []string){
	"oapi-codegen":                 generateGo,
	"openapi-generator Java":       generateJava,
	"openapi-generator Python":     generateGeneratorPython,
	"openapi-generator TypeScript": generateTypeScript,
	"openapi-python-client":        generatePython,
	"xsd.exe":                      generateCSharp,
	"xjc":                          generateJAXB,
}

// TestGeneratedClientsDoAFullRound generates and compiles each client and does a round with it: a token, a registration,
// reading, an update with If-Match, listing, an update with the stale tag, the registration again with its
// Idempotency-Key, and an update with several wrong fields.
func TestGeneratedClientsDoAFullRound(t *testing.T) {
	t.Parallel()
	origin := startStack(t)
	for name, generate := range generators {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			command := generate(generation{t, t.TempDir()})
			key := strings.ReplaceAll(name, " ", "-")
			checkRound(t, run(t, nil, command[0], append(command[1:], origin, key)...))
		})
	}
}

// registered is the first line of a round, with the id of the task.
var registered = regexp.MustCompile(`^registered ([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\n`)

// checkRound compares what a client has read from the answers with what they say.
func checkRound(t *testing.T, output string) {
	t.Helper()
	found := registered.FindStringSubmatch(output)
	if found == nil {
		t.Fatalf("got no id of a registered task:\n%s", output)
	}
	id := found[1]
	read := id + " true WEEKLY 0001-01-01 00:00:00 none ON_FAILURE"
	updated := id + " false DAILY 2026-07-01 09:30:00 2027-01-02 03:04:05 NONE"
	refused := "TaskID cannot be the all-zero GUID: send the GUID of an entry of the task catalogue. " +
		"FinishDate cannot be 2026-07-01T08:30:00+00:00, which is before StartDate: send 2026-07-01T09:30:00+00:00 or a later date, or leave it out. " +
		"Parameters is not well-formed JSON (it ends too early): send text in the format that ContentType names."
	want := fmt.Sprintf("registered %s\nread %s\nupdated %s\nlisted %s\nstale 412 PreconditionFailed %s\nrepeated %s true\nrefused 400 InvalidRequest %s\n",
		id, read, updated, updated, updated, id, refused)
	if output = strings.ReplaceAll(output, "\r\n", "\n"); output != want {
		t.Errorf("got\n%s\nwant\n%s", output, want)
	}
}
