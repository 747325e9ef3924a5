#!/bin/bash
# stop.sh DIRECTORY: stops the daemons that start.sh wrote down there, by process id, and removes the directory.
set -uo pipefail
dir=$(cd "${1:?usage: stop.sh DIRECTORY}" 2>/dev/null && pwd) || exit 0
[ -d "$dir/pids" ] || exit 0

# The id alone could belong to another process by now; an ended one that nobody has collected yet has no command line.
runs_here() { grep -qsF "$dir/ceph.conf" "/proc/$1/cmdline"; }

for name in gateway osd mon; do
  [ -e "$dir/pids/$name" ] || continue
  pid=$(cat "$dir/pids/$name")
  # Nothing in memory is worth a clean shutdown, which takes the gateway seconds.
  while runs_here "$pid"; do
    kill -KILL "$pid"
    sleep 0.05
  done
done
rm -rf "$dir"
