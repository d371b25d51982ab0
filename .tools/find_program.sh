#!/bin/sh
# Prints the path of the first of the programs that exists. If none exists, the script installs the packages, for root on
# Debian and for the user of a hosted check, who has sudo. For all others it says what to install.
#
#   .tools/find_program.sh <Debian packages, as one argument> <program>...
set -eu

packages=$1
shift

find_program() {
	for program; do
		command -v "$program" && return
	done
	return 1
}

find_program "$@" && exit 0

as_root=
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if ! command -v apt-get >/dev/null || { [ -n "$as_root" ] && [ -z "${CI:-}" ]; }; then
	echo "This target needs $1. On Debian and Ubuntu: apt-get install $packages." >&2
	exit 1
fi
export DEBIAN_FRONTEND=noninteractive
{
	$as_root apt-get update -qq
	# shellcheck disable=SC2086 # packages are separate words, and so is sudo's option
	$as_root apt-get install -y -qq --no-install-recommends $packages
} >/dev/null
find_program "$@"
