package wire_test

import (
	"fmt"
	"testing"

	"accounttasks/internal/task"
)

// inRoot puts members into a root that declares what the published sample declares.
func inRoot(members string) string {
	return `<AccountTaskUpdateRequest xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		members + `</AccountTaskUpdateRequest>`
}

// inXML writes one element, the text being its content; a text that begins with a space is its attributes and
// the rest of it.
func inXML(w written) string {
	if w.text != "" && w.text[0] == ' ' {
		return inRoot(fmt.Sprintf("<%v%s</%v>", w.field, w.text, w.field))
	}
	return inRoot(fmt.Sprintf("<%v>%s</%v>", w.field, w.text, w.field))
}

func TestXMLValues(t *testing.T) {
	checkFields(t, xmlType, inXML, []written{
		{task.FieldEnabled, "true", "true"},
		{task.FieldEnabled, "1", "true"},
		{task.FieldEnabled, "\n false\t", "false"},
		{task.FieldEnabled, "0", "false"},
		{task.FieldEnabled, "", refused},
		{task.FieldEnabled, "\n", refused},
		{task.FieldEnabled, "True", refused},
		{task.FieldEnabled, "yes", refused},

		{task.FieldTaskID, "\n" + reportID + "\n", reportID},
		{task.FieldTaskID, "{7798C1277f7440c69bd4caf4be84ca89}", refused},
		{task.FieldTaskID, "", refused},

		{task.FieldFrequency, "DAILY", "DAILY"},
		{task.FieldFrequency, "&#68;AI<![CDATA[LY]]>", "DAILY"},
		{task.FieldFrequency, "daily", refused},
		{task.FieldFrequency, "\nDAILY", refused},
		{task.FieldFrequency, "2", refused},
		{task.FieldFrequency, "DAILY WEEKLY", refused},
		{task.FieldFrequency, "", refused},

		{task.FieldStartDate, "\n2026-06-04Z ", "2026-06-04T00:00:00+00:00"},
		{task.FieldStartDate, "", noBound},
		{task.FieldStartDate, "\n", noBound},
		{task.FieldNotification, "ALWAYS", "ALWAYS"},
		{task.FieldNotification, "always", refused},
		{task.FieldNotification, "", refused},
	})
}

func TestXMLTextIsWhatAReaderMakesOfIt(t *testing.T) {
	checkFields(t, xmlType, inXML, []written{
		{task.FieldParameters, "&lt;a&gt;&amp;&quot;&apos;&#233;&#xe9;&#x1F600;", `<a>&"'éé😀`},
		{task.FieldParameters, "<![CDATA[<a>]]> &amp; <![CDATA[&amp;]]>", "<a> & &amp;"},
		{task.FieldParameters, "<![CDATA[]]]]><![CDATA[>]]>", "]]>"},
		{task.FieldParameters, "a\r\nb\rc&#xD;&#10;d", "a\nb\nc\r\nd"},
		{task.FieldParameters, "\n a ", "\n a "},
		{task.FieldParameters, "\n", ""},
		{task.FieldParameters, "é😀", "é😀"},
		{task.FieldParameters, "a<!--c-->", "a"},
		{task.FieldParameters, "a<!--c-->\n <!--d-->", "a"},
		{task.FieldParameters, "<!--c-->", ""},
		{task.FieldFrequency, "DAILY<!--c-->\n", "DAILY"},
		{task.FieldParameters, "<!--c-->a", refused},
		{task.FieldParameters, "a<!--c-->b", refused},
		{task.FieldParameters, "a<!--c--><![CDATA[b]]>", refused},
		{task.FieldParameters, "<b/>", refused},
		{task.FieldParameters, "a<b>c</b>", refused},
		{task.FieldEnabled, "<b/>true", refused},
		{task.FieldEnabled, "true<b>true</b>", refused},
		{task.FieldTaskID, reportID + "<b/>", refused},
		{task.FieldFrequency, "<DAILY/>", refused},
	})
}

func TestXMLNil(t *testing.T) {
	checkFields(t, xmlType, inXML, []written{
		{task.FieldEnabled, ` xsi:nil="true">`, "kept"},
		{task.FieldEnabled, ` xsi:nil="true">true`, "kept"},
		{task.FieldEnabled, ` xsi:nil=" 1 ">true`, "kept"},
		{task.FieldEnabled, ` xsi:nil="false">true`, "true"},
		{task.FieldEnabled, ` xsi:nil="0">true`, "true"},
		{task.FieldEnabled, ` xsi:nil="bogus">true`, refused},
		{task.FieldEnabled, ` xsi:nil="">true`, refused},
		{task.FieldEnabled, ` nil="true">true`, "true"},
		{task.FieldEnabled, ` xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true">true`, "kept"},
		{task.FieldEnabled, ` xmlns:xsi="urn:other" xsi:nil="true">true`, "true"},
		{task.FieldFinishDate, ` xsi:nil="true">`, noBound},
		{task.FieldFinishDate, ` xsi:nil="false">2026-06-04`, "2026-06-04T00:00:00+00:00"},
		{task.FieldStartDate, ` xsi:nil="true">`, noBound},
		{task.FieldNotification, ` xsi:nil="true">`, "NONE"},
		{task.FieldNotification, ` xsi:nil="true">ALWAYS`, "NONE"},
		{task.FieldTaskID, ` xsi:nil="true">` + reportID, reportID},
		{task.FieldTaskID, ` xsi:nil="true">`, refused},
		{task.FieldFrequency, ` xsi:nil="true">DAILY`, "DAILY"},
		{task.FieldParameters, ` xsi:nil="true">a`, "a"},
		{task.FieldParameters, ` xsi:nil="true">`, ""},
		{task.FieldParameters, ` xsi:type="xsd:int" other="1">a`, "a"},
	})
}

func TestXMLNamesAreExact(t *testing.T) {
	for members, want := range map[string]string{
		"<Frequency>DAILY</Frequency>": "DAILY",
		"text<Unknown><Frequency>WEEKLY</Frequency></Unknown><Frequency>DAILY</Frequency>": "DAILY",
		"<Frequency>DAILY</Frequency><!-- --><x/>text":                                     "DAILY",
		"<frequency>DAILY</frequency>":                                                     notSent,
		`<Frequency xmlns="urn:x">DAILY</Frequency>`:                                       notSent,
		`<x:Frequency xmlns:x="urn:x">DAILY</x:Frequency>`:                                 notSent,
		`<x:Frequency xmlns:x="urn:x">WEEKLY</x:Frequency><Frequency>DAILY</Frequency>`:    "DAILY",
		`<Frequency xmlns:x="urn:x">DAILY</Frequency>`:                                     "DAILY",
		"<Request><Frequency>DAILY</Frequency></Request>":                                  notSent,
	} {
		if got := shown(read(t, xmlType, inRoot(members)), task.FieldFrequency); got != want {
			t.Errorf("%s: got Frequency %q, want %q", members, got, want)
		}
	}
}

func TestFirstXMLDuplicateWins(t *testing.T) {
	for members, want := range map[string]string{
		"<Enabled>true</Enabled><Enabled>false</Enabled>":                         "true",
		"<Enabled>true</Enabled><TaskID/><Enabled>bad</Enabled>":                  "true",
		"<Enabled>true</Enabled><Enabled><b/></Enabled>":                          "true",
		`<Enabled xsi:nil="true"/><Enabled>true</Enabled>`:                        "kept",
		"<Enabled/><Enabled>true</Enabled>":                                       refused,
		"<Enabled>bad</Enabled><Enabled>true</Enabled>":                           refused,
		"<Unknown><Enabled>false</Enabled></Unknown><Enabled>true</Enabled>":      "true",
		"<enabled>false</enabled><Enabled>true</Enabled>":                         "true",
		`<Enabled xmlns="urn:x">false</Enabled><Enabled>true</Enabled><Enabled/>`: "true",
	} {
		if got := shown(read(t, xmlType, inRoot(members)), task.FieldEnabled); got != want {
			t.Errorf("%s: got Enabled %q, want %q", members, got, want)
		}
	}
}

func TestXMLRoot(t *testing.T) {
	const xsi = `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`
	for body, words := range map[string]string{
		`<AccountTaskUpdateRequest/>`:                                                            "",
		"<!--c-->\n<AccountTaskUpdateRequest a='1'/>\n<!--c-->":                                  "",
		`<?xml version="1.0"?><AccountTaskUpdateRequest></AccountTaskUpdateRequest>`:             "",
		`<AccountTaskUpdateRequest ` + xsi + ` xsi:type="AccountTaskUpdateRequest"/>`:            "",
		`<AccountTaskUpdateRequest ` + xsi + ` xsi:nil="false"/>`:                                "",
		`<accountTaskUpdateRequest/>`:                                                            "cannot be accountTaskUpdateRequest: ",
		`<Request/>`:                                                                             "cannot be Request: ",
		`<AccountTaskUpdateRequest xmlns="urn:x"/>`:                                              `cannot be in the namespace "urn:x": `,
		`<x:AccountTaskUpdateRequest xmlns:x="urn:x"/>`:                                          `cannot be in the namespace "urn:x": `,
		`<AccountTaskUpdateRequest ` + xsi + ` xsi:type="Other"/>`:                               "cannot have the xsi:type Other: ",
		`<AccountTaskUpdateRequest ` + xsi + ` xsi:type=""/>`:                                    `cannot have the xsi:type "": `,
		`<AccountTaskUpdateRequest ` + xsi + ` xsi:type="xsi:AccountTaskUpdateRequest"/>`:        "cannot have the xsi:type",
		`<AccountTaskUpdateRequest ` + xsi + ` xsi:nil="true"/>`:                                 "The body is required: ",
		`<AccountTaskUpdateRequest ` + xsi + ` xsi:nil="1"><TaskID/></AccountTaskUpdateRequest>`: "The body is required: ",
	} {
		if words != "" {
			malformed(t, xmlType, body, words)
		} else if d := read(t, xmlType, body); len(d.Problems) > 0 {
			t.Errorf("%s: got problems %v, want none", body, d.Problems)
		}
	}
}

func TestXMLWithoutDTDsAndProcessingInstructions(t *testing.T) {
	for body, words := range map[string]string{
		`<!DOCTYPE AccountTaskUpdateRequest>` + inRoot(""):                                        "document type definition at byte 1",
		`<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + inRoot("<TaskID>&x;</TaskID>"): "document type definition",
		`<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>` + inRoot("<x>&b;</x>"):      "document type definition",
		inRoot("<!ENTITY x 'y'>"):                  "document type definition",
		inRoot("<TaskID>&x;</TaskID>"):             "has a syntax error",
		inRoot("<x>&nbsp;</x>"):                    "has a syntax error",
		inRoot("<x>&#0;</x>"):                      "not well-formed",
		inRoot("<x>&#xD800;</x>"):                  "not well-formed",
		inRoot("<?php echo?>"):                     "processing instruction",
		"<?xml-stylesheet href='x'?>" + inRoot(""): "processing instruction",
		inRoot("") + "<?x?>":                       "processing instruction",
		inRoot("<TaskID><?x?></TaskID>"):           "processing instruction",
		inRoot("<Unknown><?x?></Unknown>"):         "processing instruction",
		inRoot("<?xml version='1.0'?>"):            "XML declaration",
	} {
		malformed(t, xmlType, body, words)
	}
}

func TestIllFormedXML(t *testing.T) {
	root := inRoot("")
	for _, body := range []string{
		"x", "{}", "<", "<AccountTaskUpdateRequest>", root[:len(root)-1], root + root, root + "x", "x" + root, inRoot("<a></b>"), inRoot("<a b='1' b='2'/>"),
		inRoot("<x:a/>"), inRoot("<a x:b='1'/>"), inRoot("a]]>b"), inRoot("<a b='<'/>"), inRoot("\x01"), inRoot("<![CDATA[\x01]]>"), inRoot("\ufffe"), inRoot("\xff"),
		inRoot("<!-- -- -->"), inRoot("<a"), inRoot("&"), inRoot("<1/>"), " <?xml version='1.0'?>" + root, "<?xml version='1.1'?>" + root, "<?xml?>" + root,
		"<?xml encoding='utf-8' version='1.0'?>" + root, "<?xml version='1.0' standalone='maybe'?>" + root, inRoot("<a b='1'c='2'/>"),
	} {
		malformed(t, xmlType, body, "")
	}
}
