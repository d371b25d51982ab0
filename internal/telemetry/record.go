package telemetry

// RequestMessage is the message of the one record that a request leaves in the log. The record's other
// attributes have the names below.
const RequestMessage = "request"

// The attributes of a request's record that metrics are made of.
const (
	AttrCode     = "code"     // the ErrorCode; missing in the record of a success
	AttrReplayed = "replayed" // whether the update had been applied before
	AttrTable    = "tableMs"  // missing where the table was not called
	AttrAttempts = "attempts" // likewise
)
