package wire

import "accounttasks/internal/task"

// Envelope is the published answer (contract section 2). Every answer of the service is one (section 5.10).
type Envelope struct {
	// Shape is the shape of the operation's answer, which also names the answer to a failure of it.
	Shape Shape
	// Failure is what went wrong; nil in the answer to a success.
	Failure *task.Error
	// UserID is the caller's user; empty while the caller is not known.
	UserID string
	// Detail is what the answer shows; nil for null.
	Detail *Detail
}

// Shape is the shape of an operation's answers (contract sections 3, 7 and 8). The zero value is ShapeTask, in which
// requests are answered that no operation takes.
type Shape struct {
	// of is what follows ResponseOf in the name of the XML root.
	of string
	// entry is the name of a list's entries in XML; empty where Detail is not a list.
	entry string
}

// The shapes of answers.
var (
	ShapeTask      = Shape{}
	ShapeTasks     = Shape{"ListOfAccountTaskResponse", "AccountTaskResponse"}
	ShapeCatalogue = Shape{"ListOfTaskResponse", "TaskResponse"}
	ShapeRuns      = Shape{"ListOfAccountTaskRunResponse", "AccountTaskRunResponse"}
	ShapeDates     = Shape{"ListOfDateTime", "dateTime"}
	ShapeClient    = Shape{"ClientResponse", ""}
	ShapeEmpty     = Shape{"Object", ""}
)

// root is the name of the XML root.
func (s Shape) root() string {
	if s.of == "" {
		return "ResponseOfAccountTaskResponse"
	}
	return "ResponseOf" + s.of
}

func (s Shape) isList() bool { return s.entry != "" }

// result is the published word for how the request ended.
func (e Envelope) result() string {
	if e.Failure != nil {
		return "Failure"
	}
	return "Success"
}

// errorMembers and userMembers are the members of Error and Identification.
func (e Envelope) errorMembers() []member {
	return []member{{"ErrorCode", string(e.Failure.Code), memberText}, {"ErrorReason", e.Failure.Reason, memberText}}
}

func (e Envelope) userMembers() []member { return []member{{"UserId", e.UserID, memberText}} }

// Write writes the envelope in the format.
func (e Envelope) Write(f Format) []byte {
	if f.isXML() {
		return e.appendXML(nil)
	}
	return e.appendJSON(nil)
}
