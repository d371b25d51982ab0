package wire_test

import (
	"strconv"
	"testing"
	"time"

	"accounttasks/internal/task"
)

const noBound = "no bound"

func shownDate(date time.Time) string {
	if date.IsZero() {
		return noBound
	}
	return task.FormatDate(date)
}

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		// With and without seconds, fraction, offset; Z in either case.
		"2026-06-04T03:45:03.2545297+00:00": "2026-06-04T03:45:03.2545297+00:00",
		"2026-06-04T03:45:03":               "2026-06-04T03:45:03+00:00",
		"2026-06-04T03:45":                  "2026-06-04T03:45:00+00:00",
		"2026-06-04T03:45Z":                 "2026-06-04T03:45:00+00:00",
		"2026-06-04T03:45+02:00":            "2026-06-04T01:45:00+00:00",
		"2026-06-04T03:45:03Z":              "2026-06-04T03:45:03+00:00",
		"2026-06-04t03:45:03z":              "2026-06-04T03:45:03+00:00",
		"2026-06-04 03:45:03":               "2026-06-04T03:45:03+00:00",
		"2026-06-04 03:45:03 +02:00":        "2026-06-04T01:45:03+00:00",
		"2026-06-04":                        "2026-06-04T00:00:00+00:00",
		"2026-06-04Z":                       "2026-06-04T00:00:00+00:00",
		"2026-06-04+02:00":                  "2026-06-03T22:00:00+00:00",
		" \t2026-06-04\r\n ":                "2026-06-04T00:00:00+00:00",

		// Offsets.
		"2026-06-04T03:45:03+02:00": "2026-06-04T01:45:03+00:00",
		"2026-06-04T03:45:03-02:00": "2026-06-04T05:45:03+00:00",
		"2026-06-04T03:45:03+0230":  "2026-06-04T01:15:03+00:00",
		"2026-06-04T03:45:03+02":    "2026-06-04T01:45:03+00:00",
		"2026-06-04T03:45:03+14:00": "2026-06-03T13:45:03+00:00",
		"2026-06-04T03:45:03-14:00": "2026-06-04T17:45:03+00:00",
		"2026-06-04T03:45:03-23:59": "2026-06-05T03:44:03+00:00",
		"2026-06-04T03:45:03-00:00": "2026-06-04T03:45:03+00:00",
		"2026-06-04T03:45:03+24:00": refused,
		"2026-06-04T03:45:03+02:60": refused,
		"2026-06-04T03:45:03+2:00":  refused,
		"2026-06-04T03:45:03+2":     refused,
		"2026-06-04T03:45:03+":      refused,
		"2026-06-04T03:45:03UTC":    refused,
		"2026-06-04T03:45:03 GMT":   refused,

		// Fractions of any length, rounded to 100 ns.
		"2026-06-04T03:45:03.2":                     "2026-06-04T03:45:03.2+00:00",
		"2026-06-04T03:45:03.25000Z":                "2026-06-04T03:45:03.25+00:00",
		"2026-06-04T03:45:03.25452974Z":             "2026-06-04T03:45:03.2545297+00:00",
		"2026-06-04T03:45:03.25452975Z":             "2026-06-04T03:45:03.2545298+00:00",
		"2026-06-04T03:45:03.254529749999Z":         "2026-06-04T03:45:03.2545297+00:00",
		"2026-06-04T03:45:03.123456789012345678901": "2026-06-04T03:45:03.1234568+00:00",
		"2026-06-04T23:59:59.99999995Z":             "2026-06-05T00:00:00+00:00",
		"2026-06-04T03:45:03.":                      refused,
		"2026-06-04T03:45.5":                        refused,
		"2026-06-04T03:45:03,5":                     refused,

		// The calendar.
		"2024-02-29":                "2024-02-29T00:00:00+00:00",
		"2000-02-29":                "2000-02-29T00:00:00+00:00",
		"2026-02-29":                refused,
		"1900-02-29":                refused,
		"2026-04-31":                refused,
		"2026-00-10":                refused,
		"2026-13-01":                refused,
		"2026-06-00":                refused,
		"2026-06-04T24:00:00":       "2026-06-05T00:00:00+00:00",
		"2026-06-04T24:00":          "2026-06-05T00:00:00+00:00",
		"2026-12-31T24:00:00.000Z":  "2027-01-01T00:00:00+00:00",
		"2026-06-04T24:00:01":       refused,
		"2026-06-04T24:01":          refused,
		"2026-06-04T24:00:00.00001": refused,
		"2026-06-04T25:00":          refused,
		"2026-06-04T23:60":          refused,
		"2026-06-04T23:59:60Z":      refused,

		// The ends of .NET's time, where an offset stops.
		"0001-01-01T00:00:00":               noBound,
		"0001-01-01":                        noBound,
		"0001-01-01T00:00:00+01:00":         noBound,
		"0001-01-01T00:00:00.0000001Z":      "0001-01-01T00:00:00.0000001+00:00",
		"0001-01-01T00:00:00-01:00":         "0001-01-01T01:00:00+00:00",
		"9999-12-31T23:59:59.9999999Z":      "9999-12-31T23:59:59.9999999+00:00",
		"9999-12-31T23:59:59-14:00":         "9999-12-31T23:59:59.9999999+00:00",
		"9999-12-31T23:59:59.99999995Z":     refused,
		"9999-12-31T24:00:00Z":              refused,
		"9999-12-31T23:59:59.999999951000Z": refused,
		"0000-01-01T00:00:00":               refused,
		"10000-01-01":                       refused,
		"-2026-06-04":                       refused,

		// RFC 1123.
		"Thu, 04 Jun 2026 03:45:03 GMT":      "2026-06-04T03:45:03+00:00",
		"Thu, 4 Jun 2026 03:45:03 GMT":       "2026-06-04T03:45:03+00:00",
		" thu, 04 jun 2026 03:45:03 GMT ":    "2026-06-04T03:45:03+00:00",
		"Mon, 01 Jan 0001 00:00:00 GMT":      noBound,
		"Fri, 04 Jun 2026 03:45:03 GMT":      refused,
		"Thu, 04 Jun 2026 03:45:03.25 GMT":   refused,
		"Thu, 04 Jun 2026 03:45:03 +0000":    refused,
		"Thu, 04 Jun 2026 03:45:03 CET":      refused,
		"Thu, 04 Jun 26 03:45:03 GMT":        refused,
		"Thu, 04 June 2026 03:45:03 GMT":     refused,
		"04 Jun 2026 03:45:03 GMT":           refused,
		"Sat, 01 Jan 0000 00:00:00 GMT":      refused,
		"Thursday, 04 Jun 2026 03:45:03 GMT": refused,

		// Milliseconds since 1970; the offset is the writer's and moves nothing.
		"/Date(1780544703254)/":      "2026-06-04T03:45:03.254+00:00",
		"/Date(1780544703254+0200)/": "2026-06-04T03:45:03.254+00:00",
		"/Date(1780544703254-1400)/": "2026-06-04T03:45:03.254+00:00",
		"/Date(0)/":                  "1970-01-01T00:00:00+00:00",
		"/Date(-1)/":                 "1969-12-31T23:59:59.999+00:00",
		"/Date(-62135596800000)/":    noBound,
		"/Date(253402300799999)/":    "9999-12-31T23:59:59.999+00:00",
		"/Date(-62135596800001)/":    refused,
		"/Date(253402300800000)/":    refused,
		"/Date(9223372036854775808)": refused,
		"/Date( 0)/":                 refused,
		"/Date()/":                   refused,
		"/Date(1.5)/":                refused,
		"/Date(0+02:00)/":            refused,
		"/date(0)/":                  refused,
		"Date(0)":                    refused,

		// Culture-bound and partial forms.
		"06/04/2026":          refused,
		"13/04/2026":          refused,
		"2026/06/04":          refused,
		"4 June 2026":         refused,
		"June 4, 2026":        refused,
		"04.06.2026":          refused,
		"12:30":               refused,
		"03:45:03Z":           refused,
		"2026-06":             refused,
		"2026":                refused,
		"--06-04":             refused,
		"---04":               refused,
		"20260604":            refused,
		"20260604T034503Z":    refused,
		"2026-W23-4":          refused,
		"2026-155":            refused,
		"2026-6-4":            refused,
		"2026-06-04T3:45":     refused,
		"2026-06-04T03":       refused,
		"2026-06-04T":         refused,
		"2026-06-04T034503":   refused,
		"2026-06-04  03:45":   refused,
		"2026-06-04T03:45:3":  refused,
		"2026-06-04T03:45: 3": refused,
		"２０２６-06-04":          refused,
		"now":                 refused,
		"1780544703254":       refused,
		" ":                   refused,

		// Nothing.
		"": noBound,
	} {
		d := read(t, jsonType, `{"StartDate":`+strconv.Quote(text)+`,"FinishDate":`+strconv.Quote(text)+`}`)
		for _, f := range []task.Field{task.FieldStartDate, task.FieldFinishDate} {
			if got := shown(d, f); got != want {
				t.Errorf("%v %q: got %s, want %s", f, text, got, want)
			}
		}
	}
}

func TestDatesHaveTheSameFormsInEveryFormat(t *testing.T) {
	for text, want := range map[string]string{
		"2026-06-04T03:45:03.25452975Z": "2026-06-04T03:45:03.2545298+00:00",
		"2026-06-04 03:45":              "2026-06-04T03:45:00+00:00",
		"Thu, 04 Jun 2026 03:45:03 GMT": "2026-06-04T03:45:03+00:00",
		"/Date(0)/":                     "1970-01-01T00:00:00+00:00",
		"06/04/2026":                    refused,
		"12:30":                         refused,
		"":                              noBound,
	} {
		for contentType, body := range map[string]string{
			xmlType: "<AccountTaskUpdateRequest><StartDate>" + text + "</StartDate></AccountTaskUpdateRequest>", formType: "StartDate=" + text,
		} {
			if got := shown(read(t, contentType, body), task.FieldStartDate); got != want {
				t.Errorf("%s %q: got %s, want %s", contentType, text, got, want)
			}
		}
	}
}
