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

// TestWhatIsComparedAcrossVersionsStays holds everything else that the table keeps, or that an ID is made of, to what the
// first version made: a repeat, or an import, may reach a later version.
func TestWhatIsComparedAcrossVersionsStays(t *testing.T) {
	s := newSetup()
	if _, err := s.service().Delete(t.Context(), caller, task.DeleteRequest{ID: taskID, IdempotencyKey: "key"}); err != nil {
		t.Fatal(err)
	}
	registered := registrationBy(t, "demo", setKey("key"))
	imported, err := allowed(t, task.History{DateCreated: noon, DateModified: noon, LastModifiedBy: "m", LastRunOn: noon, LastRunBy: "r"})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, got, want string }{
		{"the fingerprint of a registration", registered.Fingerprint, "TJfBLGSw9KOvxFHUGOaaSw"},
		{"the fingerprint of a delete", s.store.deleted[0].Fingerprint, "1CKhom18qWh3or9AS7uM0w"},
		{"the fingerprint of a run", task.Fingerprint("run"), "LZeXU1Xi-APPU6K8qJw_cQ"},
		{"the token of a key", registered.Task.Revision.Token, "wUBaDF4ZXADsj5azILX5VQ"},
		{"the ID of a task that a key registers", registered.Task.ID.String(), "c793c124-e0fd-560f-93e6-25cc82a44624"},
		{"the ID of a client that is not a GUID", registered.Task.ClientID.String(), "86f82859-6af0-556d-a2e2-de7820fb5fbc"},
		{"what an import says of a task", imported.Edit, "rL2QRKytu1hff4jNbFPuYA"},
		{"what an import says of its last run", imported.Runs, "DxYPPXleTnUVozNboMe-OQ"},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, test.got, test.want)
		}
	}
}
