// Package run makes tasks that are due run: it plans the next occurrence of a task, claims it once it is due,
// notes the run, tells the workers of it, and plans again.
//
// It owns the rules of planning and the order of these steps. Table and bus are interfaces, and it knows
// nothing of AWS. What it promises: one run id for each occurrence, whose event is sent at least once, and no
// occurrence forgotten that is younger than 24 hours. Every step may be cut off or done twice: the table's
// conditional writes decide, and the next look at the task goes on where the last one was cut off.
package run
