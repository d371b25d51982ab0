#!/bin/sh
# Prints the address of this machine that its containers know as host.docker.internal.
#
# If the engine runs on this machine, it is the machine's address on Docker's bridge, which no other machine can reach.
# Docker Desktop runs its engine in a virtual machine, without a bridge on this machine, and forwards the name to the
# loopback address.
set -u

address=$(ip -4 -o address show dev docker0 2>/dev/null | sed -n 's/.* inet \([0-9.]*\).*/\1/p')
echo "${address:-127.0.0.1}"
