package wire

import (
	"net/http"
	"slices"
	"strings"
)

// Format is a format of answers.
type Format struct {
	kind, subtype string
}

// formats are the formats that answers are written in. The order is the original's: all of JSON before
// all of XML, which decides whatever a request leaves open.
var formats = []Format{{"application", "json"}, {"text", "json"}, {"application", "xml"}, {"text", "xml"}}

// JSON is the format of an answer if neither Accept nor the request's format decides.
var JSON = formats[0]

// ContentType is the Content-Type of an answer in the format.
func (f Format) ContentType() string { return f.kind + "/" + f.subtype + "; charset=utf-8" }

func (f Format) isXML() bool { return f.subtype == "xml" }

// Negotiate chooses the format of the answer as the original does (contract section 4): by Accept if it
// names any format that can be written, else by the request's own format, else JSON. It never fails.
func Negotiate(header http.Header) Format {
	accepted := acceptedTypes(header)
	if asksAsScript(header, accepted) {
		return JSON
	}
	if best := bestMatch(accepted); best != nil {
		return best.format
	}
	if sent, ok := parseContentType(header.Get("Content-Type")); ok {
		for _, f := range formats {
			if sent.matches(f.kind, f.subtype) {
				return f
			}
		}
	}
	return JSON
}

// acceptedTypes returns the media types of Accept, the best first. A line with an invalid element counts as not
// sent.
func acceptedTypes(header http.Header) []mediaType {
	var accepted []mediaType
	for _, line := range header.Values("Accept") {
		accepted = append(accepted, parseAccept(line)...)
	}
	slices.SortStableFunc(accepted, func(a, b mediaType) int {
		switch qa, qb := a.quality, b.quality; {
		case qa > qb:
			return -1
		case qa < qb:
			return 1
		}
		return b.specificity() - a.specificity()
	})
	return accepted
}

// asksAsScript reports whether a browser's script sent the request without a definite Accept: the original answers with JSON.
func asksAsScript(header http.Header, accepted []mediaType) bool {
	if len(accepted) > 1 || len(accepted) == 1 && !accepted[0].isAll() {
		return false
	}
	return slices.ContainsFunc(header.Values("X-Requested-With"), func(value string) bool {
		return strings.Contains(strings.ToLower(value), "xmlhttprequest")
	})
}

// match is a format that Accept allows, with the media type that allows it.
type match struct {
	format   Format
	accepted mediaType
}

// bestMatch finds at most one match for JSON and one for XML, and chooses the one of higher quality; at
// the same quality the one that is named more exactly; and JSON if that leaves both.
func bestMatch(accepted []mediaType) *match {
	json, xml := firstMatch(accepted, formats[:2]), firstMatch(accepted, formats[2:])
	if json == nil || xml == nil {
		if json == nil {
			return xml
		}
		return json
	}
	qj, qx := json.accepted.quality, xml.accepted.quality
	if qx > qj || qx == qj && xml.accepted.specificity() > json.accepted.specificity() {
		return xml
	}
	return json
}

// firstMatch finds the first accepted media type, the best first, that one of the formats satisfies.
func firstMatch(accepted []mediaType, among []Format) *match {
	for _, m := range accepted {
		if m.quality == 0 {
			continue
		}
		for _, f := range among {
			if m.matches(f.kind, f.subtype) {
				return &match{format: f, accepted: m}
			}
		}
	}
	return nil
}
