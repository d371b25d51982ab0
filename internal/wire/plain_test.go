package wire_test

import (
	"net/url"
	"strings"
	"time"

	"accounttasks/internal/task"
	"accounttasks/internal/wellformed"
)

// pair is a field as plainly as every format can write it.
type pair struct{ name, text string }

// plainPairs writes the fields that the caller sent, except empty ones.
func plainPairs(d task.UpdateRequest) []pair {
	var pairs []pair
	for _, f := range task.BodyFields {
		text, says := plainText(d, f)
		if d.Sent(f) && says {
			pairs = append(pairs, pair{f.String(), text})
		}
	}
	return pairs
}

func plainText(d task.UpdateRequest, f task.Field) (text string, says bool) {
	slot := d.Slot(f)
	text, set := task.TextOf(slot.Value)
	switch slot.Value.(type) {
	case **bool, *time.Time:
		return text, set
	}
	return text, true
}

// plainBodies writes a request in the formats that can carry its text, by their media types. Text of
// white space alone is only written in JSON: elsewhere it is empty.
func plainBodies(d task.UpdateRequest) map[string]string {
	var members, elements []string
	form, isBlank, isXML := url.Values{}, false, true
	for _, p := range plainPairs(d) {
		members = append(members, plainJSON(p.name)+":"+plainJSON(p.text))
		elements = append(elements, "<"+p.name+">"+plainXML(p.text)+"</"+p.name+">")
		form.Set(p.name, p.text)
		_, forbidden := wellformed.ForbiddenInXML(p.text)
		isXML = isXML && !forbidden
		isBlank = isBlank || p.text != "" && strings.TrimSpace(p.text) == ""
	}
	bodies := map[string]string{"text/json": "{" + strings.Join(members, ",") + "}"}
	if !isBlank && len(form) > 0 {
		bodies["application/x-www-form-urlencoded"] = form.Encode()
	}
	if !isBlank && isXML {
		bodies["text/xml"] = "<AccountTaskUpdateRequest>" + strings.Join(elements, "") + "</AccountTaskUpdateRequest>"
	}
	return bodies
}
