package demo

import (
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// The catalogue's entries.
var (
	SendReport        = uuid.MustParse("7798c127-7f74-40c6-9bd4-caf4be84ca89")
	ImportAddressBook = uuid.MustParse("56c0f226-3d17-40df-8ddb-46b3ad09b70a")
	PurgeMessages     = uuid.MustParse("c0ffee11-2233-4455-8899-aabbccddeeff")
)

// The registered tasks: three on the demo account, one on the other.
var (
	TaskID       = uuid.MustParse("a23b4ff9-5d7e-4603-b937-6e1f724316b9")
	SecondTaskID = uuid.MustParse("3f2a9c10-5b7e-4d21-8c46-0e9b1a7d55f2")
	// ThirdTaskID is the id that the published samples use for a catalogue entry.
	ThirdTaskID = uuid.MustParse("7798c127-7f74-40c6-9bd4-caf4be84ca89")
	OtherTaskID = uuid.MustParse("0dd0acc0-0000-4000-8000-000000000001")
)

// clientGUID identifies the registration of a client, to which tasks refer.
var clientGUID = uuid.MustParse("b8a82cbc-8926-4224-9def-9a9e2ad12ba2")

// catalogue names the entries.
var catalogue = map[uuid.UUID]string{
	SendReport:        "Send scheduled report",
	ImportAddressBook: "Import address book",
	PurgeMessages:     "Purge old messages",
}

func catalogueItems() []item {
	var items []item
	for id, name := range catalogue {
		items = append(items, dynamo.CatalogueItem(id, name))
	}
	return items
}

func taskItems() []item {
	return []item{
		dynamo.TaskItem(AccountID, registered(TaskID, "demo.user", report())),
		dynamo.TaskItem(AccountID, registered(SecondTaskID, "demo.user", addressBook())),
		dynamo.TaskItem(AccountID, registered(ThirdTaskID, "demo.user", purge())),
		dynamo.TaskItem(OtherAccountID, registered(OtherTaskID, "other.user", report())),
	}
}

func taskRefs() []run.Ref {
	return []run.Ref{
		{AccountID: AccountID, ID: TaskID}, {AccountID: AccountID, ID: SecondTaskID}, {AccountID: AccountID, ID: ThirdTaskID},
		{AccountID: OtherAccountID, ID: OtherTaskID},
	}
}

// registered is a task as its creation left it: never updated, never run.
func registered(id uuid.UUID, user string, d task.Definition) task.Task {
	created := date(2026, time.January, 5)
	return task.Task{
		ID: id, Definition: d, Name: catalogue[d.TaskID], Enabled: true,
		DateCreated: created, DateModified: created, LastModifiedBy: user,
		ClientID: clientGUID, Revision: task.Revision{Version: 1, Token: "registered-" + id.String()[:8]},
	}
}

func report() task.Definition {
	return task.Definition{
		TaskID: SendReport, Frequency: task.FrequencyWeekly, StartDate: date(2026, time.January, 12),
		Parameters: `{"report":"usage","recipients":["team@example.com"]}`, ContentType: task.ContentTypeJSON,
		Notification: task.NotificationOnFailure,
	}
}

func addressBook() task.Definition {
	return task.Definition{
		TaskID: ImportAddressBook, Frequency: task.FrequencyDaily,
		StartDate: date(2026, time.February, 1), FinishDate: date(2027, time.February, 1),
		Parameters: `<import><source>https://example.com/people.csv</source></import>`, ContentType: task.ContentTypeXML,
		Notification: task.NotificationAlways,
	}
}

func purge() task.Definition {
	return task.Definition{
		TaskID: PurgeMessages, Frequency: task.FrequencyMonthly,
		Parameters: `{"olderThanDays":90}`, ContentType: task.ContentTypeJSON,
		Notification: task.NotificationNone,
	}
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
