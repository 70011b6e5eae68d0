#!/bin/bash
# Boots the virtual machine, starts BlueZ and the emulated massager, and runs a command in the guest.
#   run.sh -o OUT [-t SECONDS] [-f FILE]... [-d] COMMAND [ARGS]
# FILEs lie in the guest's working folder. -d: bluetoothd says everything. OUT gets stdout, stderr, rc, massager.log
# (JSON lines, CLOCK_MONOTONIC), bluetoothd.log, and what the command leaves in /tmp/out; stdout and runs.jsonl grow
# there while it works. Several may run side by side, each with its own OUT.
# Exit status: the command's; 124 it took longer than SECONDS; 250 the machine or BlueZ did not come up.
KIT=$(cd "$(dirname "$0")" && pwd)
W=${BLEKIT_WORK:-${XDG_CACHE_HOME:-$HOME/.cache}/ble-testbed}
OUT=; TMO=120; FILES=(); DEBUG=
while [ $# -gt 0 ]; do case $1 in
  -o) OUT=$2; shift 2;; -t) TMO=$2; shift 2;; -f) FILES+=("$2"); shift 2;; -d) DEBUG=1; shift;;
  -*) echo "run.sh: unknown $1" >&2; exit 2;; *) break;; esac; done
[ -n "$OUT" ] && [ $# -gt 0 ] || { sed -n 2,8p "$0" >&2; exit 2; }
[ -e "$W/image.stamp" ] || { echo "run.sh: run setup.sh first" >&2; exit 250; }
# The share lies in memory: a disk that others keep busy would hold up every log line.
SHARE=/tmp; [ -w /dev/shm ] && SHARE=/dev/shm
SH=$(mktemp -d $SHARE/svang-testbed.XXXXXX); trap 'rm -rf "$SH"' EXIT
# Times are measured: what else this machine does must not disturb them. The machine sleeps most of the time.
FIRST=(); chrt -r 1 true 2>/dev/null && FIRST=(chrt -r 1)

boot() {
  rm -rf "${SH:?}"/*; mkdir -p "$SH/in" "$SH/out" "$SH/kit" "$OUT"
  rm -f "$OUT"/{rc,stdout,stderr,runs.jsonl} "$OUT"/*.log
  cp -r "$KIT/guest/." "$SH/kit/"
  for f in "${FILES[@]}"; do cp -r "$f" "$SH/in/"; done
  { printf 'cd /host/in\nexec'; printf ' %q' "$@"; echo; } >"$SH/kit/cmd"
  echo "TMO=$TMO DEBUG=$DEBUG" >"$SH/kit/opts"
  for f in stdout runs.jsonl; do : >"$SH/out/$f"; ln -f "$SH/out/$f" "$OUT/$f" 2>/dev/null || ln -sf "$SH/out/$f" "$OUT/$f"; done
  TMPDIR=$SHARE "${FIRST[@]}" timeout -k 5 $((TMO+45)) "$W/linux-uml" mem=1024M ubd0="$SH/root.cow,$W/root.img" root=/dev/ubda rw \
    init=/kit/init HOSTSHARE="$SH" quiet loglevel=4 random.trust_cpu=on con=null con0=null,fd:1 >"$SH/out/console.log" 2>&1 </dev/null &
  MACHINE=$!
  # Two machines that boot at once hang now and then: such a one is switched off and booted again.
  for _ in $(seq 900); do
    [ -e "$SH/out/up" ] || [ -s "$SH/out/rc" ] && break
    kill -0 $MACHINE 2>/dev/null || break
    sleep .1
  done
  [ -e "$SH/out/up" ] || [ -s "$SH/out/rc" ] || kill $MACHINE 2>/dev/null
  wait $MACHINE; Q=$?
}

trap 'kill $MACHINE 2>/dev/null; exit 130' INT TERM
for _ in 1 2 3; do boot "$@"; [ -e "$SH/out/up" ] && break; done
# Somebody may be reading along.
for f in stdout runs.jsonl; do mv "$SH/out/$f" "$OUT/.$f" && mv -f "$OUT/.$f" "$OUT/$f"; done
cp -r "$SH/out/." "$OUT/"; rm -f "$OUT/up"
[ -s "$OUT/rc" ] && exit "$(cat "$OUT/rc")"
echo "run.sh: no result (machine ended with $Q), see $OUT/console.log" >&2; exit 250
