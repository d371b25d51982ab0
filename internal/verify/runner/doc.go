// Package runner proves the promise of package run on its real code: one run id for each occurrence, its event at least
// once, and no occurrence within the horizon forgotten.
//
// A test plays days of a few tasks in simulated time, from a fixed seed. The table loses calls and answers, holds them
// back and applies them twice. Its index lags. The bus fails and delivers twice. Ticks are late, doubled and missing.
// Instances are killed between any two steps. Callers edit, disable, enable, delete and run tasks, most of them around
// an occurrence, with clocks that differ. Workers lose, double, delay and contradict their reports. Then a checker looks
// for violations. It has its own calendar and knows only what was applied, claimed, sent and reported.
//
// A second test plays hours with the function itself on the embedded table, also in simulated time. The fault network
// is between them, and instances are killed. The same checker judges the effect of each write on the table. The index
// does not lag there.
//
// The command mutation plants the defects that these tests must find: one for each rule of planning and of the
// protocol.
package runner
