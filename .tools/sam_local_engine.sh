#!/usr/bin/env bash
# Runs a command with everything that `sam local` needs: a Docker engine and the image of its containers.
#
#   .tools/sam_local_engine.sh go test -tags samlocal ./functions/accounttasks
#
# If an engine runs, it is used. Otherwise root gets an engine for the duration of the command; on Debian and Ubuntu it is
# installed first. Other users get a message that says what is missing. SAM_LOCAL_HOST tells the command the address of
# this machine that containers know as host.docker.internal.
set -euo pipefail

fail() {
	echo "sam local: $*" >&2
	exit 1
}

# Runs apt-get install if possible.
install_packages() {
	[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
	echo "sam local: installing $*"
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Starts an engine and waits until it answers. The script stops it at its end, by its process id.
start_engine() {
	log=$(mktemp)
	# In a separate session, so that after Ctrl-C the command can stop its containers first.
	setsid dockerd >"$log" 2>&1 &
	engine=$!
	trap 'kill "$engine" 2>/dev/null; wait "$engine" || true; rm -f "$log"' EXIT
	for _ in $(seq 60); do
		docker info >/dev/null 2>&1 && return
		kill -0 "$engine" 2>/dev/null || break
		sleep 0.5
	done
	tail -n 20 "$log" >&2
	fail "the Docker engine does not start; the end of its log is above"
}

have_engine() {
	docker info >/dev/null 2>&1 && return
	[ "$(id -u)" = 0 ] && [ "$(uname)" = Linux ] ||
		fail "no Docker engine answers: start Docker, or install it (https://docs.docker.com/engine/install/)"
	if ! command -v dockerd >/dev/null; then
		install_packages docker.io iproute2 || fail "install a Docker engine first: https://docs.docker.com/engine/install/"
	fi
	# Since Debian 13 the command docker is a separate package.
	command -v docker >/dev/null || install_packages docker-cli || fail "the command docker is missing"
	start_engine
}

# Imports an image that replaces Amazon's: a shell and the programs that SAM's image build calls.
import_stand_in() {
	local root busybox
	busybox=$(command -v busybox || true)
	# The image contains only busybox, so it must be the static one, without shared libraries.
	if [ -z "$busybox" ] || ldd "$busybox" >/dev/null 2>&1; then
		install_packages busybox-static || fail "$image is not available, and neither is busybox-static to replace it"
		busybox=$(command -v busybox)
	fi
	root=$(mktemp -d)
	mkdir -p "$root/bin" "$root/tmp" "$root/var/task"
	chmod 755 "$root"
	chmod 1777 "$root/tmp"
	cp "$busybox" "$root/bin/busybox"
	for name in sh mv chmod; do ln -s busybox "$root/bin/$name"; done
	tar -C "$root" -c . | docker import --change 'WORKDIR /var/task' --change 'ENV PATH=/bin' \
		--change 'LABEL stand-in=true' - "$image" >/dev/null
	rm -r "$root"
}

is_stand_in() {
	[ "$(docker image inspect --format '{{index .Config.Labels "stand-in"}}' "$image" 2>/dev/null)" = true ]
}

# Pulls Amazon's image. If the registry cannot be reached, the local image is used, or else the replacement.
have_image() {
	local architecture=x86_64 image stood_in
	case $(uname -m) in aarch64 | arm64) architecture=arm64 ;; esac
	image=public.ecr.aws/lambda/provided:al2023-$architecture
	stood_in=$(is_stand_in && echo yes || true)
	if docker pull --quiet "$image" 2>/dev/null; then
		# Remove the image that SAM built from the replacement.
		[ -z "$stood_in" ] || docker image rm --force "public.ecr.aws/lambda/provided:al2023-rapid-$architecture"
	elif ! docker image inspect "$image" >/dev/null 2>&1; then
		import_stand_in
	fi
	if is_stand_in; then
		echo "sam local: WARNING: $image is not available: a replacement is used. It shows that the package starts and" \
			"uses Lambda's Runtime API; it is not Amazon Linux." >&2
	fi
}

have_engine
have_image
# The image has just been pulled.
export SAM_SKIP_PULL_IMAGE=true
SAM_LOCAL_HOST=$("$(dirname "$0")/sam_local_host.sh")
export SAM_LOCAL_HOST
"$@"
