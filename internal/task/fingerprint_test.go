package task_test

import (
	"crypto/sha256"
	"encoding/base64"
	"testing"

	"accounttasks/internal/task"
)

// TestFingerprintsOutliveAVersion holds the fingerprint of an update to what earlier versions made of it: a repeat
// may reach a later version than the update.
func TestFingerprintsOutliveAVersion(t *testing.T) {
	for _, test := range []struct {
		update task.UpdateRequest
		parts  string
	}{
		{newRequest(), "4:kept36:" + reportID.String() + "5:DAILY" + "25:0001-01-01T00:00:00+00:0025:0001-01-01T00:00:00+00:00" +
			`7:{"a":1}16:application/json4:NONE`},
		{newRequest(func(r *task.UpdateRequest) {
			enabled := false
			r.Enabled, r.StartDate, r.FinishDate, r.Notification = &enabled, noon, noon, task.NotificationAlways
		}), "5:false36:" + reportID.String() + "5:DAILY" + "25:2026-06-04T12:00:00+00:0025:2026-06-04T12:00:00+00:00" +
			`7:{"a":1}16:application/json6:ALWAYS`},
	} {
		hash := sha256.Sum256([]byte(test.parts))
		want := base64.RawURLEncoding.EncodeToString(hash[:16])
		if got := applied(t, test.update).Fingerprint; got != want {
			t.Errorf("got fingerprint %s of %s, want %s", got, test.parts, want)
		}
	}
}
