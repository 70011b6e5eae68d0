#!/bin/bash
# Boots the virtual machine, starts BlueZ and the emulated massager, and runs a command in the guest.
#   run.sh -o OUT [-t SECONDS] [-f FILE]... COMMAND [ARGS]
# FILEs lie in the guest's working folder. OUT gets stdout, stderr, rc, massager.log (JSON lines, CLOCK_MONOTONIC),
# bluetoothd.log, and what the command leaves in /tmp/out.
# Exit status: the command's; 124 it took longer than SECONDS; 250 the machine or BlueZ did not come up.
KIT=$(cd "$(dirname "$0")" && pwd)
W=${BLEKIT_WORK:-${XDG_CACHE_HOME:-$HOME/.cache}/ble-testbed}
OUT=; TMO=120; FILES=()
while [ $# -gt 0 ]; do case $1 in
  -o) OUT=$2; shift 2;; -t) TMO=$2; shift 2;; -f) FILES+=("$2"); shift 2;;
  -*) echo "run.sh: unknown $1" >&2; exit 2;; *) break;; esac; done
[ -n "$OUT" ] && [ $# -gt 0 ] || { sed -n 2,7p "$0" >&2; exit 2; }
[ -e "$W/image.stamp" ] || { echo "run.sh: run setup.sh first" >&2; exit 250; }
# The share lies in memory: a disk that others keep busy would hold up every log line.
SHARE=/tmp; [ -w /dev/shm ] && SHARE=/dev/shm
SH=$(mktemp -d $SHARE/svang-testbed.XXXXXX); trap 'rm -rf "$SH"' EXIT
rm -f "$OUT"/{rc,stdout,stderr} "$OUT"/*.log
mkdir -p "$SH/in" "$SH/out" "$SH/kit" "$OUT"; cp -r "$KIT/guest/." "$SH/kit/"
for f in "${FILES[@]}"; do cp -r "$f" "$SH/in/"; done
{ printf 'cd /host/in\nexec'; printf ' %q' "$@"; echo; } >"$SH/kit/cmd"
echo "TMO=$TMO" >"$SH/kit/opts"
# Times are measured: what else this machine does must not disturb them. The machine sleeps most of the time.
FIRST=(); chrt -r 1 true 2>/dev/null && FIRST=(chrt -r 1)
TMPDIR=$SHARE "${FIRST[@]}" timeout -k 5 $((TMO+45)) "$W/linux-uml" mem=1024M ubd0="$SH/root.cow,$W/root.img" root=/dev/ubda rw \
  init=/kit/init HOSTSHARE="$SH" quiet loglevel=4 random.trust_cpu=on con=null con0=null,fd:1 >"$SH/out/console.log" 2>&1 </dev/null
Q=$?
cp -r "$SH/out/." "$OUT/"
[ -s "$OUT/rc" ] && exit "$(cat "$OUT/rc")"
echo "run.sh: no result (machine ended with $Q), see $OUT/console.log" >&2; exit 250
