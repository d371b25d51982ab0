package lambdaruntime

import "syscall"

// processAttributes ties the child's life to ours even when we are killed
// without a chance to clean up. The signal is bound to the thread that starts
// the child; the Go runtime keeps its threads unless a goroutine ends while
// locked to one, which nothing here does.
func processAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
