package run

import (
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// namespace is the namespace of run ids (RFC 9562, version 5).
var namespace = uuid.MustParse("5b0d7c9e-53f1-4a86-9d0f-8f1f6f1b9a34")

// scheduledID is the same for every claim of one occurrence.
func scheduledID(of Ref, occurrence time.Time) uuid.UUID {
	return uuid.NewSHA1(namespace, []byte(of.AccountID+"/"+of.ID.String()+"/due/"+task.FormatDate(occurrence)))
}

// orderedID is the same for every repeat of one order.
func orderedID(o Order) uuid.UUID {
	return uuid.NewSHA1(namespace, []byte(o.AccountID+"/"+o.ID.String()+"/order/"+o.Token))
}
