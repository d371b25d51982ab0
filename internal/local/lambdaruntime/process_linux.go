package lambdaruntime

import "syscall"

// processAttributes ties the child's life to ours even when we are killed
// without a chance to clean up. The signal is bound to the thread that starts
// the child; the Go runtime keeps its threads unless a goroutine ends while
// locked to one, which nothing here does.
func processAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// From Linux's wait.h, which package syscall has in part only.
const (
	waitForPID    = 1          // P_PID
	waitForExit   = 0x00000004 // WEXITED
	leaveUnreaped = 0x01000000 // WNOWAIT
)

// awaitExit returns when the child has ended, and leaves it to be reaped.
func awaitExit(pid int) {
	for {
		_, _, err := syscall.Syscall6(syscall.SYS_WAITID, waitForPID, uintptr(pid), 0, waitForExit|leaveUnreaped, 0, 0)
		if err != syscall.EINTR {
			return
		}
	}
}
