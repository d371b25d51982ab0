// Package dynamo owns the DynamoDB table: its keys, the expressions and the access patterns of tasks, runs, the catalogue,
// clients and tokens. A change of a task is one conditional UpdateItem.
//
// It implements the stores of packages task, run and client. It must not know HTTP.
//
// # The register of write tokens
//
// A retry after a lost response finds its own first write in the table. So every write carries a token, and a task keeps
// the tokens of its last four writes, W0 the newest, with the fingerprints F0 to F3 of what they did and their dates
// DateModified and D1 to D3. A write whose token is among them is not applied again. The register moves on in
// the same UpdateItem: the right-hand sides of a SET see the item as it was.
//
// # A late attempt is older than what it finds
//
// An attempt can be held up until its token has left the register. All attempts of one request carry the same
// date, and the condition demands that the stored one is older. So the dates of a task's updates only grow, and
// once anything newer is in, no late attempt can be applied. Where another instance's clock is ahead the update is
// tried again with the next date after the stored one.
//
// # A key is remembered for a day
//
// An update whose caller sent a key leaves the mark K#<token> with its fingerprint and time, so that the caller's
// repeat is known however many updates have come between. Marks older than a day, and the oldest beyond 128, are
// removed by a further UpdateItem where eight or more can go.
package dynamo
