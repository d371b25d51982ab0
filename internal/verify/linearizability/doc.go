// Package linearizability checks the history of a task: the calls that concurrent clients made to the service.
// A history is linearizable if every call can take effect at one moment between its beginning and its end, so that the
// calls in the order of these moments give the observed answers. Porcupine searches for such an order. This package owns
// the model, which says what one call does.
//
// # The model
//
// The state of a task is its version, the change that wrote it, its flag Enabled, its ETag, whether it is deleted, and
// which changes have been applied so far. A change registers, updates or deletes the task. Registrations and updates
// carry their own names in Parameters, so that every answer and every read shows which write it sees. All calls that a
// client makes with one Idempotency-Key are one change, which takes effect at most once. So are all attempts of a call
// without a key. The search places the change itself, not each call, and the reads of the task that the answers
// contain:
//
//	answer           the change                                   the read of the task in the answer
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
// A page of a list is one read of every task between its first and its last one. A task that the page leaves
// out does not exist at that moment. No read finds a deleted task, and a deleted task never exists again.
//
// A pending change takes effect at some moment before the end of the history. If that is after every
// other call, the change has no visible effect. If its If-Match is stale, its key is used, or its task is deleted, it has
// no effect.
//
// Every registration and update that takes effect makes the next version. If an update is lost, applied twice or
// applied after a refusal, no order of the calls explains the versions. The same is true of an outdated answer. The
// versions also make the search short: an update whose result was not shown can only have made a version
// that carries its name, or one that no call has shown.
//
// All of this must hold during the day for which a key is remembered (contract section 5.13): for tasks
// that are updated many times a second, attempts that are held back for seconds, functions whose clocks differ,
// and changes that are repeated minutes later.
package linearizability
