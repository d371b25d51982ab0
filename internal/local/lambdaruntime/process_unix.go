//go:build unix && !linux

package lambdaruntime

import "syscall"

// processAttributes has no counterpart of Linux's parent-death signal here: when
// we are killed, the child's open request to the Runtime API breaks off, at which
// AWS's runtime client for Go ends the process by itself.
func processAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}
