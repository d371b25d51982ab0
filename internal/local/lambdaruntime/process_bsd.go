//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package lambdaruntime

import "syscall"

// processAttributes has no counterpart of Linux's parent-death signal here: when
// we are killed, the child's open request to the Runtime API is cut off, at which
// AWS's runtime client for Go ends the process by itself.
func processAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}

// awaitExit returns when the child has ended, and leaves it to be reaped.
func awaitExit(pid int) {
	queue, err := syscall.Kqueue()
	if err != nil {
		return
	}
	defer func() { _ = syscall.Close(queue) }()
	var exit syscall.Kevent_t
	syscall.SetKevent(&exit, pid, syscall.EVFILT_PROC, syscall.EV_ADD|syscall.EV_ONESHOT)
	exit.Fflags = syscall.NOTE_EXIT
	for {
		// A child that has ended already is an error, too.
		_, err := syscall.Kevent(queue, []syscall.Kevent_t{exit}, make([]syscall.Kevent_t, 1), nil)
		if err != syscall.EINTR {
			return
		}
	}
}
