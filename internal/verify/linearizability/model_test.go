package linearizability

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var on, off = true, false

// stored is the task before any update.
var stored = View{Version: 1, Writer: "stored", Enabled: true, ETag: "1-stored"}

// by is the task at a version that the writer made, with the stored flag.
func by(writer string, version int64) View {
	return View{Version: version, Writer: writer, Enabled: true, ETag: strconv.FormatInt(version, 10) + "-" + writer}
}

func (v View) disabled() View {
	v.Enabled = false
	return v
}

func plain(writer string) *Change { return &Change{Verb: Updates, Writer: writer, Token: writer} }

func guarded(writer, etag string) *Change {
	return &Change{Verb: Updates, Writer: writer, Token: writer, IfMatch: etag}
}

func keyed(writer, key string) *Change { return &Change{Verb: Updates, Writer: writer, Token: key} }

func setting(writer string, flag *bool) *Change {
	return &Change{Verb: Updates, Writer: writer, Token: writer, Enabled: flag}
}

// A history is a list of calls, each with the times of its beginning and its end.
func read(begun, ended int64, shown View) call {
	return call{begun: begun, ended: ended, Answer: Answer{Status: http.StatusOK, Shown: shown}}
}

func success(begun, ended int64, u *Change, shown View) call {
	return call{change: u, begun: begun, ended: ended, Answer: Answer{Status: http.StatusOK, Shown: shown}}
}

func repeat(begun, ended int64, u *Change, shown View) call {
	return call{change: u, begun: begun, ended: ended, Answer: Answer{Status: http.StatusOK, Replayed: true, Shown: shown}}
}

func refused(begun, ended int64, u *Change, status int, shown View) call {
	return call{change: u, begun: begun, ended: ended, Answer: Answer{Status: status, Shown: shown}}
}

func unknown(begun, ended int64, u *Change) call {
	return refused(begun, ended, u, http.StatusServiceUnavailable, View{})
}

func historyOf(initial View, calls []call) *History {
	h := NewHistory(initial)
	for _, c := range calls {
		h.calls = append(h.calls, c)
		h.clock.Store(max(h.clock.Load(), c.ended))
	}
	return h
}

func TestRightHistories(t *testing.T) {
	a, b := plain("a"), plain("b")
	for name, calls := range map[string][]call{
		"one after the other":                    {success(1, 2, a, by("a", 2)), success(3, 4, b, by("b", 3)), read(5, 6, by("b", 3))},
		"concurrent updates in either order":     {success(1, 9, a, by("a", 3)), success(2, 8, b, by("b", 2)), read(10, 11, by("a", 3))},
		"a read during an update, before it":     {success(1, 6, a, by("a", 2)), read(2, 3, stored)},
		"a read during an update, after it":      {success(1, 6, a, by("a", 2)), read(2, 3, by("a", 2))},
		"an unknown update that never happens":   {unknown(1, 2, a), success(3, 4, b, by("b", 2)), read(5, 6, by("b", 2))},
		"an unknown update that happened":        {unknown(1, 2, a), read(3, 4, by("a", 2))},
		"an unknown update that happens late":    {unknown(1, 2, a), success(3, 4, b, by("b", 2)), read(5, 6, by("b", 2)), read(7, 8, by("a", 3))},
		"an unknown update that was not seen":    {unknown(1, 2, a), success(3, 4, b, by("b", 3))},
		"two unknown updates that were not seen": {unknown(1, 2, a), unknown(3, 4, plain("c")), success(5, 6, b, by("b", 4))},
		"an unknown update with a stale tag by then": {
			unknown(1, 2, guarded("a", "1-stored")), success(3, 4, b, by("b", 2)), read(5, 6, by("b", 2))},
		"a repeat of what the first call applied": {unknown(1, 2, a), read(3, 4, by("a", 2)), repeat(5, 6, a, by("a", 2))},
		"a repeat that shows another's update":    {unknown(1, 2, a), success(3, 4, b, by("b", 3)), repeat(5, 6, a, by("b", 3))},
		"a repeat whose first call comes late":    {unknown(1, 2, a), success(3, 4, b, by("b", 2)), repeat(5, 6, a, by("a", 3))},
		"a repeat within one call":                {repeat(1, 9, a, by("b", 3)), success(2, 8, b, by("b", 3))},
		"a repeat that is the first to arrive":    {unknown(1, 2, a), success(3, 4, a, by("a", 2)), read(5, 6, by("a", 2))},
		"a repeat after a success":                {success(1, 2, a, by("a", 2)), success(3, 4, b, by("b", 3)), repeat(5, 6, a, by("b", 3))},
		"a repeat with a tag stale by itself": {
			unknown(1, 2, guarded("a", "1-stored")), success(3, 4, b, by("b", 3)), repeat(5, 6, guarded("a", "1-stored"), by("b", 3))},
		"a repeat that fails after a success":     {success(1, 2, a, by("a", 2)), unknown(3, 4, a), read(5, 6, by("a", 2))},
		"a throttled call, then a success":        {refused(1, 2, a, http.StatusTooManyRequests, View{}), success(3, 4, a, by("a", 2))},
		"a throttled repeat of an unknown update": {unknown(1, 2, a), refused(3, 4, a, http.StatusTooManyRequests, View{}), read(5, 6, by("a", 2))},
		"an update at the tag it names":           {success(1, 2, guarded("a", "1-stored"), by("a", 2))},
		"a stale tag": {
			success(1, 2, b, by("b", 2)), refused(3, 4, guarded("a", "1-stored"), http.StatusPreconditionFailed, by("b", 2))},
		"a tag made stale by an unknown update": {
			unknown(1, 2, b), refused(3, 4, guarded("a", "1-stored"), http.StatusPreconditionFailed, by("b", 2))},
		"a key used again": {
			success(1, 2, keyed("a", "k"), by("a", 2)), refused(3, 4, keyed("b", "k"), http.StatusUnprocessableEntity, View{}), read(5, 6, by("a", 2))},
		"a key used again, without an answer": {
			success(1, 2, keyed("a", "k"), by("a", 2)), unknown(3, 4, keyed("b", "k")), read(5, 6, by("a", 2))},
		"a key used again, throttled": {
			success(1, 2, keyed("a", "k"), by("a", 2)), refused(3, 4, keyed("b", "k"), http.StatusTooManyRequests, View{})},
		"the flag is set, and kept": {
			success(1, 2, setting("a", &off), by("a", 2).disabled()), success(3, 4, b, by("b", 3).disabled()),
			success(5, 6, setting("c", &on), by("c", 4))},
	} {
		t.Run(name, func(t *testing.T) {
			if err := historyOf(stored, calls).Check(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWrongHistories(t *testing.T) {
	a, b := plain("a"), plain("b")
	t.Setenv("TMPDIR", t.TempDir())
	for name, calls := range map[string][]call{
		"a lost update":                        {success(1, 2, a, by("a", 2)), success(3, 4, b, by("b", 2))},
		"a lost update that a read shows":      {success(1, 2, a, by("a", 2)), read(3, 4, stored)},
		"an update overwritten by none":        {success(1, 2, a, by("a", 2)), success(3, 4, b, by("b", 3)), read(5, 6, by("a", 2))},
		"an update applied twice":              {success(1, 2, a, by("a", 2)), read(3, 4, by("a", 3))},
		"an update applied twice, over others": {success(1, 2, a, by("a", 2)), success(3, 4, b, by("b", 3)), read(5, 6, by("a", 4))},
		"an update applied twice, seen by a gap": {
			success(1, 2, a, by("a", 2)), success(3, 4, b, by("b", 4)), read(5, 6, by("b", 4))},
		"an unknown update applied twice":          {unknown(1, 2, a), read(3, 4, by("a", 2)), success(5, 6, b, by("b", 3)), read(7, 8, by("a", 4))},
		"a repeat applied again":                   {success(1, 2, a, by("a", 2)), success(3, 4, a, by("a", 3))},
		"a stale read":                             {success(1, 2, a, by("a", 2)), success(3, 4, b, by("b", 3)), read(5, 6, by("a", 2))},
		"reads that go back":                       {unknown(1, 2, a), read(3, 4, by("a", 2)), read(5, 6, stored)},
		"a repeat that shows what was before":      {unknown(1, 2, a), success(3, 4, b, by("b", 2)), repeat(5, 6, a, by("b", 2))},
		"a repeat that is nowhere":                 {unknown(1, 2, a), repeat(3, 4, a, by("a", 2)), read(5, 6, stored)},
		"an effect before the call":                {read(1, 2, by("a", 2)), success(3, 4, a, by("a", 2))},
		"an effect after a success":                {success(1, 2, b, by("b", 2)), success(3, 4, a, by("a", 2)), read(5, 6, by("b", 3))},
		"a throttled update that happened":         {refused(1, 2, a, http.StatusTooManyRequests, View{}), read(3, 4, by("a", 2))},
		"a throttled update that a repeat reveals": {refused(1, 2, a, http.StatusTooManyRequests, View{}), read(3, 4, by("a", 2)), repeat(5, 6, a, by("a", 2))},
		"an update refused for its own first write": {
			refused(1, 4, guarded("a", "1-stored"), http.StatusPreconditionFailed, by("a", 2)), read(5, 6, by("a", 2))},
		"a refused update that happens late": {
			success(1, 2, b, by("b", 2)), refused(3, 4, guarded("a", "1-stored"), http.StatusPreconditionFailed, by("b", 2)), read(5, 6, by("a", 3))},
		"a refusal of the current tag":       {refused(1, 2, guarded("a", "1-stored"), http.StatusPreconditionFailed, stored)},
		"a refusal without a tag":            {refused(1, 2, a, http.StatusPreconditionFailed, stored)},
		"a refusal that shows an old state":  {success(1, 2, b, by("b", 2)), success(3, 4, a, by("a", 3)), refused(5, 6, guarded("c", "1-stored"), http.StatusPreconditionFailed, by("b", 2))},
		"a repeat refused for a stale tag":   {success(1, 2, guarded("a", "1-stored"), by("a", 2)), refused(3, 4, guarded("a", "1-stored"), http.StatusPreconditionFailed, by("a", 2))},
		"a stale tag that is not noticed":    {success(1, 2, b, by("b", 2)), success(3, 4, guarded("a", "1-stored"), by("a", 3))},
		"a reused key that is applied":       {success(1, 2, keyed("a", "k"), by("a", 2)), success(3, 4, keyed("b", "k"), by("b", 3))},
		"a reused key that is applied late":  {success(1, 2, keyed("a", "k"), by("a", 2)), unknown(3, 4, keyed("b", "k")), read(5, 6, by("b", 3))},
		"a fresh key that is refused":        {refused(1, 2, keyed("a", "k"), http.StatusUnprocessableEntity, View{})},
		"a key that is refused for itself":   {success(1, 2, keyed("a", "k"), by("a", 2)), refused(3, 4, keyed("a", "k"), http.StatusUnprocessableEntity, View{})},
		"a task that is not found":           {refused(1, 2, a, http.StatusNotFound, View{})},
		"an answer that the service has not": {refused(1, 2, a, http.StatusInternalServerError, View{})},
		"a flag that changes by itself":      {success(1, 2, a, by("a", 2).disabled())},
		"a flag that is not set":             {success(1, 2, setting("a", &off), by("a", 2))},
		"one tag for two states":             {success(1, 2, a, View{Version: 2, Writer: "a", Enabled: true, ETag: stored.ETag})},
		"two tags for one state":             {success(1, 2, a, by("a", 2)), read(3, 4, View{Version: 2, Writer: "a", Enabled: true, ETag: "other"})},
	} {
		t.Run(name, func(t *testing.T) {
			err := historyOf(stored, calls).Check()
			if err == nil || !strings.Contains(err.Error(), "not linearizable") {
				t.Errorf("got %v, want it found out", err)
			}
		})
	}
}

func TestTaskThatIsNotThere(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	missing := []call{refused(1, 2, plain("a"), http.StatusNotFound, View{}), unknown(3, 4, plain("b")), read(5, 6, View{})}
	if err := historyOf(View{}, missing).Check(); err != nil {
		t.Error(err)
	}
	for name, made := range map[string]call{
		"by an update":         success(7, 8, plain("c"), by("c", 1).disabled()),
		"by an unknown update": read(7, 8, by("b", 1).disabled()),
	} {
		if historyOf(View{}, append(slices.Clone(missing), made)).Check() == nil {
			t.Errorf("a task that was made %s was not detected", name)
		}
	}
}

// unknownOnes is a history in which most updates have an unknown outcome. Every second one took effect without being
// shown. The history ends with a read of the returned version.
func unknownOnes(times int) (calls []call, now, version int64) {
	add := func(made func(begun, ended int64) call) {
		calls = append(calls, made(now+1, now+2))
		now += 2
	}
	version = 1
	current := stored
	for i := range times {
		name := strconv.Itoa(i)
		for _, u := range []*Change{guarded("guarded-"+name, current.ETag), plain("plain-" + name), setting("flag-"+name, &off)} {
			add(func(begun, ended int64) call { return unknown(begun, ended, u) })
		}
		version += int64(1 + i%2)
		current = by("made-"+name, version)
		add(func(begun, ended int64) call { return success(begun, ended, setting(current.Writer, &on), current) })
		add(func(begun, ended int64) call { return read(begun, ended, current) })
	}
	return calls, now, version
}

// The search must stay fast with updates of unknown outcome.
func TestManyUnknownUpdates(t *testing.T) {
	calls, _, _ := unknownOnes(100)
	if err := historyOf(stored, calls).Check(); err != nil {
		t.Error(err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	calls, now, version := unknownOnes(16)
	lost := success(now+1, now+2, plain("lost"), by("lost", version))
	if err := historyOf(stored, append(calls, lost)).Check(); err == nil || !strings.Contains(err.Error(), "not linearizable") {
		t.Errorf("got %v for a lost update after many unknown ones, want it found out", err)
	}
}

func TestManyUpdatesThatNeverHappen(t *testing.T) {
	var calls []call
	for i := range int64(100) {
		name := strconv.FormatInt(i, 10)
		calls = append(calls, unknown(4*i+1, 4*i+2, guarded("guarded-"+name, stored.ETag)),
			unknown(4*i+1, 4*i+2, plain("plain-"+name)), read(4*i+3, 4*i+4, stored))
	}
	if err := historyOf(stored, calls).Check(); err != nil {
		t.Error(err)
	}
}
