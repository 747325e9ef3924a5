#!/bin/bash
# Starts a throw-away single-node Ceph RGW (an S3 server) on 127.0.0.1 and prints where it is as one line of JSON.
# See README.md beside this file.
set -euo pipefail

usage() {
  echo "usage: start.sh [--install] [--hold] [--port N] DIRECTORY" >&2
  exit 64
}

here=$(cd "$(dirname "$0")" && pwd)
install='' hold='' port=${RGW_PORT:-} dir=''
while [ $# -gt 0 ]; do
  case $1 in
    --install) install=yes ;;
    --hold) hold=yes ;;
    --port) port=${2:?}; shift ;;
    -*) usage ;;
    *) dir=$1 ;;
  esac
  shift
done
[ -n "$dir" ] || usage

say() { echo "rgw: $*" >&2; }

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

need_packages() {
  local missing=''
  for program in ceph ceph-mon ceph-osd radosgw radosgw-admin monmaptool; do
    command -v "$program" >/dev/null || missing="$missing $program"
  done
  [ -n "$missing" ] || return 0
  if [ -z "$install" ]; then
    say "not installed:$missing. Run with --install as root, or: apt-get install ceph-common ceph-mon ceph-osd radosgw"
    exit 69
  fi
  # apt's own words belong into the log of CI, not into the line of JSON.
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends \
    ceph-common ceph-mon ceph-osd radosgw >&2
}

write_config() {
  cat >"$dir/ceph.conf" <<CONF
[global]
fsid = $fsid
mon host = v2:127.0.0.1:$mon_port/0
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
ms bind msgr1 = false
auth cluster required = none
auth service required = none
auth client required = none
# Gateways ask the monitor for encryption by default; without authentication there is none, and they would wait for ever.
ms mon client mode = crc
run dir = $dir/run
admin socket = $dir/run/\$name.asok
pid file = $dir/run/\$name.pid
log file = $dir/log/\$name.log
mon cluster log file = $dir/log/cluster.log
crash dir = $dir/log
keyring = $dir/keyring
# One disk in memory holds the only copy of everything.
osd objectstore = memstore
memstore device bytes = 2147483648
osd pool default size = 1
osd pool default min size = 1
mon allow pool size one = true
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon max pg per osd = 1000
osd class load list = *
osd class default list = *
# A nearly full disk of the machine must not stop a cluster that lives in memory.
mon data avail crit = 1
mon data avail warn = 2
# The default of a second per decision of the monitor would be most of the start.
paxos propose interval = 0.05
paxos min wait = 0.02
heartbeat file =
[mon]
mon data = $dir/mon
[osd]
osd data = $dir/osd
[client]
rgw data = $dir/rgw
rgw frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
rgw enable usage log = false
rgw enable ops log = false
rgw thread pool size = 32
CONF
}

# The process id is written down for stop.sh; the session of its own keeps a Ctrl-C in the terminal from the daemon.
launch() {
  local name=$1
  shift
  setsid "$@" >"$dir/log/$name.out" 2>&1 </dev/null &
  echo $! >"$dir/pids/$name"
  disown
}

# wait_for NAME COMMAND...: until the command succeeds; gives up when the daemon died or after a minute.
wait_for() {
  local name=$1 tries=0
  shift
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ $tries -gt 600 ] || ! kill -0 "$(cat "$dir/pids/$name")" 2>/dev/null; then
      say "$name did not come up; its last words:"
      tail -n 20 "$dir/log/$name.out" "$dir"/log/*.log >&2 || true
      exit 70
    fi
    sleep 0.1
  done
}

ceph_tool() { ceph -c "$dir/ceph.conf" --connect-timeout 5 "$@"; }

start_monitor() {
  monmaptool --create --clobber --fsid "$fsid" --addv a "[v2:127.0.0.1:$mon_port]" "$dir/monmap" >/dev/null
  ceph-mon -c "$dir/ceph.conf" -i a --mkfs --monmap "$dir/monmap" >"$dir/log/mon-mkfs.out" 2>&1
  launch mon ceph-mon -c "$dir/ceph.conf" -f -i a
  wait_for mon ceph_tool mon stat
}

osd_is_up() { ceph_tool osd stat | grep -q '1 up'; }

start_osd() {
  local uuid
  uuid=$(cat /proc/sys/kernel/random/uuid)
  ceph_tool osd new "$uuid" 0 >/dev/null
  ceph-osd -c "$dir/ceph.conf" -i 0 --mkfs --osd-uuid "$uuid" >"$dir/log/osd-mkfs.out" 2>&1
  launch osd ceph-osd -c "$dir/ceph.conf" -f -i 0
  wait_for osd osd_is_up
}

create_user() {
  local name=$1
  timeout 120 radosgw-admin -c "$dir/ceph.conf" user create --uid="$name" --display-name="$name" \
    --access-key="$2" --secret-key="$3" >"$dir/log/$name.out" 2>&1
}

gateway_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$port"); }

start_gateway() {
  launch gateway radosgw -c "$dir/ceph.conf" -f -n client.rgw.a
  wait_for gateway gateway_answers
}

need_packages
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
if [ -n "$(ls -A "$dir")" ]; then
  say "$dir is not empty; a cluster is always built anew, so give an empty or new directory"
  exit 73
fi
mkdir "$dir"/{log,pids,run,mon,osd,rgw}
touch "$dir/keyring"
fsid=$(cat /proc/sys/kernel/random/uuid)
port=${port:-$(free_port)}
mon_port=${RGW_MON_PORT:-$(free_port)}
access_key=${S3_ACCESS_KEY:-slipway-test-key}
secret_key=${S3_SECRET_KEY:-slipway-test-secret-0123456789}

trap '"$here/stop.sh" "$dir"' ERR EXIT
write_config
start_monitor
start_osd
create_user slipway "$access_key" "$secret_key"
# Owns no bucket: it may do what a bucket's policy allows it.
create_user slipway-upload "$access_key-upload" "$secret_key-upload"
start_gateway
printf '{"endpoint":"http://127.0.0.1:%s","region":"us-east-1","accessKeyId":"%s","secretAccessKey":"%s",' \
  "$port" "$access_key" "$secret_key"
printf '"uploadAccessKeyId":"%s-upload","uploadSecretAccessKey":"%s-upload"}\n' "$access_key" "$secret_key"

if [ -n "$hold" ]; then
  # Ends with whoever holds the other end of stdin, also when that one is killed.
  cat >/dev/null
else
  trap - ERR EXIT
fi
