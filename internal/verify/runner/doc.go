// Package runner proves the promise of package run on its real code: one run id for each occurrence, its event
// at least once, none forgotten within the horizon.
//
// A test plays days of a few tasks in simulated time, from a fixed seed. The table loses calls and answers, holds
// them back and applies them twice; its index lags; the bus fails and delivers twice; ticks are late, doubled and
// missing; instances are killed between any two steps; callers edit, disable, enable and delete tasks and run
// them at once, most of them just around an occurrence, with clocks that differ. Then a checker, which has its
// own calendar and knows only what was applied, claimed and sent, looks for violations.
//
// A second test plays hours with the function itself on the embedded table, in simulated time too: the fault network is
// between them, instances are killed, and the same checker judges what each write has done to the table. The index does
// not lag there.
//
// The command mutation plants the defects that this test must find: one for each rule of planning and of the
// protocol.
package runner
