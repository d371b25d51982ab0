package api

import (
	"fmt"
	"strconv"
	"strings"

	"accounttasks/internal/task"
)

// tagLimit is how many entity-tags If-Match may list (contract section 5.12).
const tagLimit = 8

// formatETag writes a revision as a strong entity-tag.
func formatETag(r task.Revision) string { return fmt.Sprintf(`"%d-%s"`, r.Version, r.Token) }

// parseIfMatch reads the If-Match lines of a request: none and * mean any revision. Weak and foreign tags
// match no task, but still let the table tell what it can. ok is false for what is no list of
// entity-tags (RFC 9110, section 13.1.1).
func parseIfMatch(lines []string) (revisions []task.Revision, ok bool) {
	if len(lines) == 0 {
		return nil, true
	}
	list := strings.Join(lines, ",")
	if strings.Trim(list, " \t") == "*" {
		return nil, true
	}
	for rest := list; ; {
		rest = strings.TrimLeft(rest, " \t,")
		if rest == "" {
			return revisions, len(revisions) > 0 && len(revisions) <= tagLimit
		}
		opaque, weak, after, ok := cutTag(rest)
		if !ok {
			return nil, false
		}
		revisions = append(revisions, revisionOf(opaque, weak))
		rest = after
	}
}

// cutTag takes the first entity-tag off a list.
func cutTag(list string) (opaque string, weak bool, rest string, ok bool) {
	list, weak = strings.CutPrefix(list, "W/")
	if !strings.HasPrefix(list, `"`) {
		return "", false, "", false
	}
	opaque, rest, closed := strings.Cut(list[1:], `"`)
	rest = strings.TrimLeft(rest, " \t")
	ok = closed && isOpaque(opaque) && (rest == "" || rest[0] == ',')
	return opaque, weak, rest, ok
}

// isOpaque tells whether an entity-tag may consist of these bytes (RFC 9110, section 8.8.3).
func isOpaque(tag string) bool {
	for i := range len(tag) {
		if tag[i] < 0x21 || tag[i] == 0x7F {
			return false
		}
	}
	return true
}

// revisionOf is the revision whose tag this is, or NoRevision for a tag that is weak or not of this service.
func revisionOf(opaque string, weak bool) task.Revision {
	version, token, _ := strings.Cut(opaque, "-")
	n, err := strconv.ParseInt(version, 10, 64)
	r := task.Revision{Version: n, Token: token}
	if err != nil || weak || n < 0 || formatETag(r) != `"`+opaque+`"` {
		return task.NoRevision
	}
	return r
}
