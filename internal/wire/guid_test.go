package wire_test

import (
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/wire"
)

func TestGUIDs(t *testing.T) {
	want := uuid.MustParse(reportID)
	for _, text := range []string{
		"7798c127-7f74-40c6-9bd4-caf4be84ca89",
		"7798C127-7F74-40C6-9BD4-CAF4BE84CA89",
		"7798c1277f7440c69bd4caf4be84ca89",
		"7798C1277f7440c69bd4caf4be84CA89",
		"{7798c127-7f74-40c6-9bd4-caf4be84ca89}",
		"(7798c127-7f74-40c6-9bd4-caf4be84ca89)",
		" \t{7798C127-7f74-40c6-9bd4-caf4be84ca89}\r\n",
	} {
		if got, ok := wire.ParseGUID(text); got != want || !ok {
			t.Errorf("ParseGUID(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
}

func TestWhatIsNoGUID(t *testing.T) {
	for _, text := range []string{
		"", " ", "bogus", "7798c127-7f74-40c6-9bd4-caf4be84ca8", "7798c127-7f74-40c6-9bd4-caf4be84ca899",
		"7798c1277f7440c69bd4caf4be84ca8", "7798c127-7f7440c6-9bd4-caf4be84ca89", "7798c12-77f74-40c6-9bd4-caf4be84ca89",
		"7798g127-7f74-40c6-9bd4-caf4be84ca89", "7798g1277f7440c69bd4caf4be84ca89",
		"{7798c127-7f74-40c6-9bd4-caf4be84ca89", "7798c127-7f74-40c6-9bd4-caf4be84ca89}",
		"{7798c127-7f74-40c6-9bd4-caf4be84ca89)", "(7798c127-7f74-40c6-9bd4-caf4be84ca89}",
		"[7798c127-7f74-40c6-9bd4-caf4be84ca89]", "x7798c127-7f74-40c6-9bd4-caf4be84ca89x",
		"{7798c1277f7440c69bd4caf4be84ca89}", "{{7798c127-7f74-40c6-9bd4-caf4be84ca89}}", "{ 7798c127-7f74-40c6-9bd4-caf4be84ca89 }",
		"urn:uuid:7798c127-7f74-40c6-9bd4-caf4be84ca89", "+7798c12-7f74-40c6-9bd4-caf4be84ca89", "0x798c127-7f74-40c6-9bd4-caf4be84ca89",
		"{0x7798c127,0x7f74,0x40c6,{0x9b,0xd4,0xca,0xf4,0xbe,0x84,0xca,0x89}}",
		"7798c127\u20137f74-40c6-9bd4-caf4be84ca89", "７798c1277f7440c69bd4caf4be84ca89",
	} {
		if got, ok := wire.ParseGUID(text); ok {
			t.Errorf("ParseGUID(%q) = %v, want none", text, got)
		}
	}
}
