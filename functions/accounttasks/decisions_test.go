package main

import "slices"

// decisions lists every case in which the service differs from the original, by the decision of contract section 5 that
// explains the difference. All other cases agree.
var decisions = map[int][]string{
	// The value of an enumeration is exactly one member of the contract.
	1: {
		`json/Frequency=99`,
		`json/Frequency=-1`,
		`json/Frequency="99"`,
		`json/Frequency="DAILY, HOURLY"`,
		`json/Frequency=true`,
		`json/Frequency=99999999999`,
		`json/Notification=7`,
		`form/FORM Frequency=99`,
		`form/FORM Frequency=DAILY%2CHOURLY`,
	},
	// The path's id wins.
	2: {
		`routing/id in qs too`,
	},
	// A missing body is an error.
	3: {
		`body/null`,
		`body/empty string body`,
		`body/whitespace body`,
		`negotiation/CT text/plain empty body`,
		`negotiation/no CT empty body`,
		`negotiation/no content`,
		`xml/XML empty`,
		`xml/XML root nil`,
		`form/FORM empty body`,
	},
	// Required fields are required in every format.
	4: {
		`json/TaskID="00000000-0000-0000-0000-000000000000"`,
		`xml/XML lower el`,
		`xml/XML Frequency missing`,
		`xml/XML TaskID missing`,
	},
	// JSON is RFC 8259.
	5: {
		`body/unquoted keys`,
		`body/comment`,
		`body/trailing garbage`,
		`body/two objects`,
	},
	// Dates have one meaning everywhere. The finish cannot be before the start.
	6: {
		`json/StartDate="2026-06"`,
		`json/StartDate="06/04/2026"`,
		`json/StartDate="4 June 2026"`,
		`json/StartDate="2026-06-04T24:00:00"`,
		`json/StartDate="9999-12-31T23:59:59.9999999Z"`,
		`json/StartDate=null`,
		`json/StartDate=""`,
		`json/StartDate="2026-06-04T03:45:03.2545297-23:59"`,
		`json/StartDate="12:30"`,
		`xml/XML StartDate=`,
		`xml/XML FinishDate empty`,
		`xml/XML StartDate nil`,
		`form/FORM StartDate empty`,
		`form/FORM StartDate us`,
	},
	// GUIDs have the forms D, N, B and P.
	7: {
		`json/TaskID="{0x7798c127,0x7f74,0x40c6,{0x9b,0xd4,0xca,0xf4,0xbe,0x84,0xca,0x89}}"`,
	},
	// Parameters are well formed.
	8: {
		`json/Parameters="2026-06-04T03:45:03Z"`,
		`json/Parameters="2026-06-04T03:45:03.2545297+02:00"`,
	},
	// A null Notification counts as left out.
	9: {
		`json/Notification=null`,
	},
	// Answers are UTF-8.
	14: {
		`body/utf-16 charset`,
		`negotiation/Accept-Charset utf-16`,
	},
	// A task can be read with the path of its update.
	17: {
		`routing/GET`,
	},
}

// decisionOf returns the decision that explains the difference of a case, or 0.
func decisionOf(id string) int {
	for decision, cases := range decisions {
		if slices.Contains(cases, id) {
			return decision
		}
	}
	return 0
}
