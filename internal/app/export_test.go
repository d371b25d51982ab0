package app

// Refuse serves RefusedEvent as WarmUp does.
var Refuse = (*AccountTasks).refuse
