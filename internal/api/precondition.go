package api

import (
	"net/http"
	"slices"
	"strings"

	"accounttasks/internal/task"
)

// preconditions are the conditions that If-Match and If-None-Match set for a change (contract section 5, 12, 22 and 25).
type preconditions struct {
	ifMatch, ifNoneMatch tagList
}

// readPreconditions reads both header fields and adds a problem for each bad one.
func readPreconditions(header http.Header, problems *task.Problems) (p preconditions) {
	var ok bool
	if p.ifMatch, ok = parseTagList(header.Values(ifMatch.String())); !ok {
		ifMatch.addInvalid(header, problems)
	}
	if p.ifNoneMatch, ok = parseTagList(header.Values(ifNoneMatch.String())); !ok {
		ifNoneMatch.addInvalid(header, problems)
	}
	return p
}

// revisions are the revisions at which the change may be applied; empty means any. A weak or foreign tag matches none.
// The table still says whether the task exists.
func (p preconditions) revisions() []task.Revision {
	var revisions []task.Revision
	for _, tag := range p.ifMatch.tags {
		revisions = append(revisions, tag.strongRevision())
	}
	return revisions
}

// excluded are the revisions at which the change must not be applied. If-None-Match compares weakly, and a foreign tag
// excludes nothing (RFC 9110, section 13.1.2).
func (p preconditions) excluded() []task.Revision {
	var revisions []task.Revision
	for _, tag := range p.ifNoneMatch.tags {
		if r := tag.revision(); r != task.NoRevision {
			revisions = append(revisions, r)
		}
	}
	return revisions
}

// reason says why the preconditions fail for a task at this revision, and what to send instead. It is empty for a stale
// tag, because the error table has that sentence.
func (p preconditions) reason(current task.Revision) string {
	isCurrent := func(tag entityTag) bool { return tag.revision() == current }
	isWeak := func(tag entityTag) bool { return tag.weak }
	// A proxy that compresses may add to the current tag: "4-Zm9v-gzip".
	opaque := strings.Trim(formatETag(current), `"`)
	isExtended := func(tag entityTag) bool {
		return current.Token != "" && tag.opaque != opaque && strings.HasPrefix(tag.opaque, opaque)
	}
	isStrongAndOwn := func(tag entityTag) bool { return tag.strongRevision() != task.NoRevision && !isExtended(tag) }
	weakIsCurrent := slices.ContainsFunc(p.ifMatch.tags, func(tag entityTag) bool { return tag.weak && isCurrent(tag) })
	hasStrong := slices.ContainsFunc(p.ifMatch.tags, isStrongAndOwn)
	switch {
	case p.ifNoneMatch.any:
		return "The task exists, but If-None-Match: * asks that it does not: leave If-None-Match out to change the task."
	case slices.ContainsFunc(p.ifNoneMatch.tags, isCurrent):
		return "The entity-tag in If-None-Match is the task's current one: leave If-None-Match out to change the task."
	case weakIsCurrent || !hasStrong && slices.ContainsFunc(p.ifMatch.tags, isWeak):
		return "The entity-tag in If-Match is weak, and weak entity-tags never match: send it without the leading W/."
	case !hasStrong:
		return "The entity-tag in If-Match is not one of this service: send the ETag of an answer, unchanged."
	}
	return ""
}

// fail is the answer to a change that failed with err, with the reason if a precondition failed.
func (p preconditions) fail(c *call, err error) answer {
	e := *task.AsError(err)
	if e.Code == task.CodePreconditionFailed && e.Reason == "" && e.Current != nil {
		e.Reason = p.reason(e.Current.Revision)
	}
	return c.failChange(&e)
}
