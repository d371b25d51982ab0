package dynamo

import (
	"errors"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// The names of a task's attributes.
const (
	attrDefinition     = "Definition"
	attrName           = "Name"
	attrEnabled        = "Enabled"
	attrDateCreated    = "DateCreated"
	attrDateModified   = "DateModified"
	attrLastModifiedBy = "LastModifiedBy"
	attrLastRunOn      = "LastRunOn"
	attrLastRunBy      = "LastRunBy"
	attrClientID       = "ClientID"
	attrVersion        = "Version"
	// attrRegistered is what registered the task: token and fingerprint.
	attrRegistered = "Registered"
	// attrDeleted is on the item of a task that was deleted: token, fingerprint and time.
	attrDeleted = "Deleted"
	// attrExpiresAt is when DynamoDB may remove the item, in seconds since 1970.
	attrExpiresAt = "ExpiresAt"
)

// TaskItem is the item of a task on an account, for putting one where there is none yet.
func TaskItem(accountID string, t task.Task) map[string]types.AttributeValue {
	written := taskKey(accountID, t.ID)
	written[attrDefinition] = definition(t.Definition)
	written[attrEnabled] = boolean(t.Enabled)
	written[attrVersion] = number(t.Revision.Version)
	for name, value := range map[string]string{
		attrName: t.Name, attrLastRunBy: t.LastRunBy, attrLastModifiedBy: t.LastModifiedBy, attrTokens[0]: t.Revision.Token,
	} {
		if value != "" {
			written[name] = text(value)
		}
	}
	for name, value := range map[string]time.Time{
		attrDateCreated: t.DateCreated, attrDateModified: t.DateModified, attrLastRunOn: t.LastRunOn,
	} {
		if !value.IsZero() {
			written[name] = date(value)
		}
	}
	if t.ClientID != uuid.Nil {
		written[attrClientID] = text(t.ClientID.String())
	}
	return written
}

// readTask reads a task's item. Items that other programs wrote may lack any attribute, or have one that cannot be
// read: it counts as missing, and the error names it. A task without the flag Enabled is enabled, as one that
// was registered without it.
func readTask(written item) (task.Task, error) {
	f := &fields{item: written}
	d := f.object(attrDefinition)
	id, err := uuid.Parse(strings.TrimPrefix(f.text(SortKey), taskPrefix))
	t := task.Task{
		ID:             id,
		Definition:     readDefinition(d),
		Name:           f.text(attrName),
		Enabled:        f.flag(attrEnabled, true),
		DateCreated:    f.date(attrDateCreated),
		DateModified:   f.date(attrDateModified),
		LastRunOn:      f.date(attrLastRunOn),
		LastRunBy:      f.text(attrLastRunBy),
		LastModifiedBy: f.text(attrLastModifiedBy),
		ClientID:       f.guid(attrClientID),
		Revision:       readRevision(f),
	}
	return t, errors.Join(err, f.err, d.err)
}

// lastVersion is the number that versions stay below: up to it, every engine counts exactly.
const lastVersion = 1 << 53

// readRevision reads the revision of a task. The part of one that is missing or cannot be read is 0 or empty.
func readRevision(f *fields) task.Revision {
	version := f.number(attrVersion)
	if version < 0 || version >= lastVersion {
		f.fail(attrVersion, "not a version")
		version = 0
	}
	return task.Revision{Version: version, Token: f.text(attrTokens[0])}
}

// isWhole reports whether an update, a registration or an import may have made the revision. Another one is that of an
// item without a version or a token that can be read, or of no item.
func isWhole(r task.Revision) bool { return r.Version > 0 && r.Token != "" }
