// Package run makes tasks that are due run: it plans the next occurrence of a task, claims it once it is due,
// notes the run, tells the workers, and plans again.
//
// It owns the rules of planning and the order of these steps. Table and bus are interfaces; it must not know HTTP
// or AWS. It promises one run id for each occurrence, whose event is sent at least once, and that no occurrence
// younger than 24 hours is forgotten. Every step may be interrupted or done twice: the table's conditional writes
// decide, and the next look at the task continues where the last one was interrupted.
package run
