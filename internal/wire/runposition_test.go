package wire_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/wire"
)

func TestParseRunPosition(t *testing.T) {
	const id = "5f1f5f0c-6f0b-4b7e-9a39-0d1c6a3f8e21"
	want := time.Date(2026, time.June, 4, 3, 45, 3, 254_529_700, time.UTC)
	for _, written := range []string{
		"2026-06-04T03:45:03.2545297+00:00," + id,
		"2026-06-04T03:45:03.2545297Z," + id,
		"2026-06-04T05:45:03.2545297+02:00,{" + id + "}",
		"2026-06-04T03:45:03.2545297 00:00," + id, // the plus was not escaped
		" 2026-06-04 03:45:03.2545297 , " + id + " ",
	} {
		if due, runID, ok := wire.ParseRunPosition(written); !ok || due != want || runID != uuid.MustParse(id) {
			t.Errorf("%s: got %v, %v, %t, want %v", written, due, runID, ok, want)
		}
	}
	whole := want.Truncate(time.Second)
	for _, written := range []string{"Thu, 04 Jun 2026 03:45:03 GMT," + id, "2026-06-04T03:45:03," + id} {
		if due, _, ok := wire.ParseRunPosition(written); !ok || due != whole {
			t.Errorf("%s: got %v, %t, want %v", written, due, ok, whole)
		}
	}
	midnight := time.Date(2026, time.June, 4, 0, 0, 0, 0, time.UTC)
	if due, _, ok := wire.ParseRunPosition("2026-06-04 00:00," + id); !ok || due != midnight {
		t.Errorf("a date and a time: got %v, %t, want %v", due, ok, midnight)
	}
	for _, written := range []string{"", ",", id, "2026-06-04T03:45:03Z", "2026-06-04T03:45:03Z,", "," + id, "soon," + id, "2026-06-04T03:45:03Z#" + id, "2026-06-04T03:45:03Z,5"} {
		if due, runID, ok := wire.ParseRunPosition(written); ok {
			t.Errorf("%q: got %v, %v, want it refused", written, due, runID)
		}
	}
}
