#!/bin/sh
# Prints the address of this machine on which its containers find it under the name host.docker.internal.
#
# Where the engine runs on this machine itself, that is the machine's end of Docker's bridge, which no other machine
# reaches. Docker Desktop runs its engine in a virtual machine, has no such bridge here, and forwards the name to the
# loopback address.
set -u

address=$(ip -4 -o address show dev docker0 2>/dev/null | sed -n 's/.* inet \([0-9.]*\).*/\1/p')
echo "${address:-127.0.0.1}"
