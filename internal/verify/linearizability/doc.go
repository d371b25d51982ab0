// Package linearizability checks the history of a task: the calls that concurrent clients made to the service.
// A history is right if every call can be given one moment, between its beginning and its end, so that the calls
// carried out one by one in that order show what they showed. Porcupine searches for such an order; this package owns
// the model that says what one call does.
//
// # The model
//
// The state of a task is its version, the change that wrote it, its flag Enabled, its ETag, whether it is deleted, and
// which changes have been applied so far. A change registers, updates or deletes the task. Registrations and updates
// carry their own names in Parameters, so that every answer and every read shows whose write it sees. All calls that a
// client makes with one Idempotency-Key are one change, which takes effect at most once; so are all attempts of a call
// without a key. What is searched for is not the moment of a call but that of the change, and those of the looks at the
// task that its answers contain:
//
//	answer           the change                                   the answer's look at the task
//	200              takes effect during this call                the state it made, or for a delete the last one; a later
//	                                                              one where an attempt was repeated after its answer was lost
//	200, replayed    took effect between the first call that      the state at a later moment during this call, when it
//	                 may have applied it and the end of this one  had taken effect; of a delete the same as the first time
//	503              is pending: it may take effect at any        none
//	                 moment from now on, or never
//	429              did not take effect by this call             none
//	412              never takes effect, earlier calls included   the state at a moment when If-Match was stale
//	404              never takes effect from now on               there is no task; a registration finds that its own was
//	                                                              deleted, a delete never that it has deleted the task itself
//	422              never takes effect                           another change had used the key
//
// A read is a look, and a page of a list one look at every task between its first and its last: a task that it leaves
// out is not there. A task that is deleted is not there for any look, and never comes back.
//
// A pending change is one that takes effect at some moment before the end of time: when it comes after every
// other call, that is the same as never. Where its If-Match is stale, its key used, or its task deleted, it has no
// effect.
//
// Every registration and update that takes effect makes the next version. So an update that is lost, applied twice or
// applied after a refusal leaves versions that no order of the calls explains, and so does an old answer. Because of
// the versions the search is short, too: an update whose result was not shown can only have made a version
// that was seen to be its own, or one that was never seen.
//
// All of it holds without a bound within the day for which a key is remembered (contract section 5.13): for tasks
// that are updated many times a second, attempts that are held back for seconds, functions whose clocks differ,
// and changes that are repeated minutes later.
package linearizability
