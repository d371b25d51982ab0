package linearizability

import (
	"net/http"
	"strings"
	"testing"
)

func registering(writer, key string) *Change {
	return &Change{Verb: Registers, Writer: writer, Token: key}
}

func deleting(writer string) *Change { return &Change{Verb: Deletes, Writer: writer, Token: writer} }

// gone is a read that shows no task.
func gone(begun, ended int64) call { return read(begun, ended, View{}) }

// lifecycle is a history of a task that is registered or deleted.
type lifecycle struct {
	initial View
	calls   []call
}

func TestRightLifecycles(t *testing.T) {
	made, again, del := registering("made", "k"), registering("again", "k"), deleting("del")
	for name, h := range map[string]lifecycle{
		"registered, read, deleted": {View{}, []call{
			gone(1, 2), success(3, 4, made, by("made", 1)), read(5, 6, by("made", 1)), success(7, 8, del, by("made", 1)), gone(9, 10)}},
		"registered as not enabled": {View{}, []call{
			success(1, 2, &Change{Verb: Registers, Writer: "made", Token: "k", Enabled: &off}, by("made", 1).disabled())}},
		"a registration repeated after its answer was lost": {View{}, []call{
			unknown(1, 2, made), read(3, 4, by("made", 1)), success(5, 6, plain("a"), by("a", 2)), repeat(7, 8, made, by("a", 2))}},
		"a registration repeated within one call": {View{}, []call{
			success(1, 9, made, by("a", 2)), success(4, 5, plain("a"), by("a", 2))}},
		"a registration that never happens": {View{}, []call{unknown(1, 2, made), gone(3, 4)}},
		"a registration that happens late":  {View{}, []call{unknown(1, 2, made), gone(3, 4), read(5, 6, by("made", 1))}},
		"a key used for another registration": {View{}, []call{
			success(1, 2, made, by("made", 1)), refused(3, 4, again, http.StatusUnprocessableEntity, View{})}},
		"a key used for another registration, the task deleted": {View{}, []call{
			success(1, 2, made, by("made", 1)), success(3, 4, del, by("made", 1)), refused(5, 6, again, http.StatusUnprocessableEntity, View{})}},
		"two registrations under one key at once": {View{}, []call{
			success(1, 9, again, by("again", 1)), refused(2, 8, made, http.StatusUnprocessableEntity, View{})}},
		"a registration repeated when its task is deleted": {View{}, []call{
			success(1, 2, made, by("made", 1)), success(3, 4, del, by("made", 1)), refused(5, 6, made, http.StatusNotFound, View{})}},
		"a registration whose task is deleted before its answer": {View{}, []call{
			refused(1, 9, made, http.StatusNotFound, View{}), success(3, 4, del, by("made", 1))}},
		"a delete repeated":                           {stored, []call{success(1, 2, del, stored), gone(3, 4), repeat(5, 6, del, stored)}},
		"a delete repeated after its answer was lost": {stored, []call{unknown(1, 2, del), gone(3, 4), repeat(5, 6, del, stored)}},
		"a delete that never happens":                 {stored, []call{unknown(1, 2, del), read(3, 4, stored)}},
		"a delete that happens late":                  {stored, []call{unknown(1, 2, del), read(3, 4, stored), gone(5, 6)}},
		"a delete of what another one deleted": {stored, []call{
			success(1, 2, del, stored), refused(3, 4, deleting("other"), http.StatusNotFound, View{})}},
		"a delete with a stale tag": {stored, []call{
			success(1, 2, plain("a"), by("a", 2)), refused(3, 4, &Change{Verb: Deletes, Writer: "d", Token: "d", IfMatch: "1-stored"}, http.StatusPreconditionFailed, by("a", 2)),
			read(5, 6, by("a", 2))}},
		"an update of a deleted task": {stored, []call{success(1, 2, del, stored), refused(3, 4, plain("a"), http.StatusNotFound, View{})}},
		"an unknown update, repeated when the task is deleted": {stored, []call{
			unknown(1, 2, plain("a")), success(3, 4, del, by("a", 2)), refused(5, 6, plain("a"), http.StatusNotFound, View{})}},
		"an unknown update that is not applied before the delete": {stored, []call{
			unknown(1, 2, plain("a")), success(3, 4, del, stored), refused(5, 6, plain("a"), http.StatusNotFound, View{})}},
		"an unknown update that meets no task any more": {stored, []call{unknown(1, 2, plain("a")), success(3, 4, del, stored), gone(5, 6)}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := historyOf(h.initial, h.calls).Check(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWrongLifecycles(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	made, again, del := registering("made", "k"), registering("again", "k"), deleting("del")
	for name, h := range map[string]lifecycle{
		"a registration overwrites a task":                   {stored, []call{success(1, 2, made, by("made", 1))}},
		"a registration is lost":                             {View{}, []call{success(1, 2, made, by("made", 1)), gone(3, 4)}},
		"a registration makes another's task its own":        {View{}, []call{success(1, 2, made, by("made", 1)), repeat(3, 4, again, by("made", 1))}},
		"a registration overwrites the one under its key":    {View{}, []call{success(1, 2, made, by("made", 1)), success(3, 4, again, by("again", 1))}},
		"a registration happens again after the delete":      {View{}, []call{success(1, 2, made, by("made", 1)), success(3, 4, del, by("made", 1)), success(5, 6, made, by("made", 1))}},
		"a registration is not found again":                  {View{}, []call{success(1, 2, made, by("made", 1)), refused(3, 4, made, http.StatusNotFound, View{})}},
		"a registration is refused and happens":              {View{}, []call{refused(1, 2, made, http.StatusUnprocessableEntity, View{}), read(3, 4, by("made", 1))}},
		"a task is there before it is registered":            {View{}, []call{read(1, 2, by("made", 1)), success(3, 4, made, by("made", 1))}},
		"a flag is not set":                                  {View{}, []call{success(1, 2, made, by("made", 1).disabled())}},
		"a task is seen after its delete":                    {stored, []call{success(1, 2, del, stored), read(3, 4, stored)}},
		"a task comes back":                                  {stored, []call{unknown(1, 2, del), gone(3, 4), read(5, 6, stored)}},
		"a task is updated after its delete":                 {stored, []call{success(1, 2, del, stored), success(3, 4, plain("a"), by("a", 2))}},
		"a task is deleted twice":                            {stored, []call{success(1, 2, del, stored), success(3, 4, deleting("other"), stored)}},
		"a delete shows what was before":                     {stored, []call{success(1, 2, plain("a"), by("a", 2)), success(3, 4, del, stored)}},
		"a repeat of a delete shows another task":            {stored, []call{success(1, 2, plain("a"), by("a", 2)), success(3, 4, del, by("a", 2)), repeat(5, 6, del, stored)}},
		"a delete forgets that it was made":                  {stored, []call{success(1, 2, del, stored), refused(3, 4, del, http.StatusNotFound, View{})}},
		"a delete finds no task where there is one":          {stored, []call{refused(1, 2, del, http.StatusNotFound, View{})}},
		"a delete is refused and happens":                    {stored, []call{success(1, 2, plain("a"), by("a", 2)), refused(3, 4, &Change{Verb: Deletes, Writer: "d", Token: "d", IfMatch: "1-stored"}, http.StatusPreconditionFailed, by("a", 2)), gone(5, 6)}},
		"a stale tag is not noticed by a delete":             {stored, []call{success(1, 2, plain("a"), by("a", 2)), success(3, 4, &Change{Verb: Deletes, Writer: "d", Token: "d", IfMatch: "1-stored"}, by("a", 2))}},
		"a throttled delete happens":                         {stored, []call{refused(1, 2, del, http.StatusTooManyRequests, View{}), gone(3, 4)}},
		"a task disappears":                                  {stored, []call{gone(1, 2)}},
		"an update that was told of no task happens":         {stored, []call{success(1, 2, del, stored), refused(3, 4, plain("a"), http.StatusNotFound, View{}), read(5, 6, by("a", 2))}},
		"a repeated update is told of no task that is there": {stored, []call{success(1, 2, plain("a"), by("a", 2)), refused(3, 4, plain("a"), http.StatusNotFound, View{})}},
	} {
		t.Run(name, func(t *testing.T) {
			err := historyOf(h.initial, h.calls).Check()
			if err == nil || !strings.Contains(err.Error(), "not linearizable") {
				t.Errorf("got %v, want it found out", err)
			}
		})
	}
}
