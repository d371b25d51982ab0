#!/bin/sh
# Prints the path of the first of some programs that is there. Where none is, root on Debian gets the package that
# brings it, and everybody else is told what to install.
#
#   .tools/find_program.sh <Debian package> <program>...
set -eu

package=$1
shift

find_program() {
	for program; do
		command -v "$program" && return
	done
	return 1
}

find_program "$@" && exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	echo "This target needs $1. On Debian and Ubuntu: apt-get install $package." >&2
	exit 1
fi
export DEBIAN_FRONTEND=noninteractive
{
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends "$package"
} >/dev/null
find_program "$@"
