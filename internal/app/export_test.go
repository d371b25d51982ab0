package app

// Rehearse serves RehearsedEvent as WarmUp does.
var Rehearse = rehearse
