package api

import (
	"fmt"
	"strconv"
	"strings"

	"accounttasks/internal/task"
)

// entityTag is an entity-tag of RFC 9110, section 8.8.3.
type entityTag struct {
	opaque string // without its quotation marks
	weak   bool
}

// formatETag writes a revision as a strong entity-tag.
func formatETag(r task.Revision) string { return fmt.Sprintf(`"%d-%s"`, r.Version, r.Token) }

// revision returns the revision of the tag, weak or not. It is task.NoRevision if the tag is not from this service.
func (t entityTag) revision() task.Revision {
	version, token, _ := strings.Cut(t.opaque, "-")
	n, err := strconv.ParseInt(version, 10, 64)
	r := task.Revision{Version: n, Token: token}
	if err != nil || n < 0 || formatETag(r) != `"`+t.opaque+`"` {
		return task.NoRevision
	}
	return r
}

// strongRevision returns the revision of a strong tag, and task.NoRevision for a weak one.
func (t entityTag) strongRevision() task.Revision {
	if t.weak {
		return task.NoRevision
	}
	return t.revision()
}

// tagLimit is the maximum number of entity-tags in a header field (contract section 5.12).
const tagLimit = 8

// tagList is the value of If-Match or If-None-Match.
type tagList struct {
	any  bool // the value is *
	tags []entityTag
}

// parseTagList reads the lines of a header field. Without lines the list is empty. ok is false if the value is not a
// list of entity-tags (RFC 9110, section 13.1.1).
func parseTagList(lines []string) (list tagList, ok bool) {
	if len(lines) == 0 {
		return list, true
	}
	rest := strings.Join(lines, ",")
	if strings.Trim(rest, " \t") == "*" {
		return tagList{any: true}, true
	}
	for {
		rest = strings.TrimLeft(rest, " \t,")
		if rest == "" {
			return list, len(list.tags) > 0 && len(list.tags) <= tagLimit
		}
		tag, after, ok := cutTag(rest)
		if !ok {
			return list, false
		}
		list.tags = append(list.tags, tag)
		rest = after
	}
}

// cutTag removes the first entity-tag from a list.
func cutTag(list string) (tag entityTag, rest string, ok bool) {
	list, tag.weak = strings.CutPrefix(list, "W/")
	if !strings.HasPrefix(list, `"`) {
		return tag, "", false
	}
	opaque, rest, closed := strings.Cut(list[1:], `"`)
	rest = strings.TrimLeft(rest, " \t")
	tag.opaque = opaque
	return tag, rest, closed && isOpaque(opaque) && (rest == "" || rest[0] == ',')
}

// isOpaque reports whether the characters are allowed in an entity-tag.
func isOpaque(tag string) bool {
	for i := range len(tag) {
		if tag[i] < 0x21 || tag[i] == 0x7F {
			return false
		}
	}
	return true
}
