// Package run runs tasks that are due. It plans the next occurrence of a task, claims it when it is due, stores the
// run, sends its event to the workers, and plans again.
//
// It owns the rules of planning and the order of these steps. Table and bus are interfaces. It must not know HTTP or
// AWS. It promises one run id for each occurrence, that the event of a run is sent at least once, and that no
// occurrence younger than 24 hours is forgotten. Every step may be interrupted or done twice: the table's conditional
// writes decide, and the next look at the task continues after an interruption.
package run
