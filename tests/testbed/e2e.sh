#!/bin/bash
# The end-to-end test: the program against emulated massagers on a real BlueZ, in a virtual machine. See README.md.
#   e2e.sh                       a short round: everything once, about 8 minutes
#   e2e.sh SCENARIO...           those of guest/scenarios.py
#   e2e.sh --only GLOB...        those of guest/matrix.py, once each: way.massager.condition, as in 'kill.*.ci30'
#   e2e.sh --full [-n 10] [-j 1] [--only GLOB]...
#                                the matrix, N runs each, on J machines side by side; figures as a table
# SVANG: a program built already (default: the debug build, made here). E2E_OUT: where logs go (default: a folder in
# the build folder). One line per scenario. Exit status: 0 all hold or this machine cannot (said), 1 otherwise.
set -uo pipefail
KIT=$(cd "$(dirname "$0")" && pwd); ROOT=$(cd "$KIT/../.." && pwd)
FULL=; N=10; JOBS=1; ONLY=(); NAMED=()
while [ $# -gt 0 ]; do case $1 in
  --full) FULL=1; shift;; -n) N=$2; shift 2;; -j) JOBS=$2; shift 2;; --only) ONLY+=(--only "$2"); shift 2;;
  -*) sed -n 2,10p "$0" >&2; exit 1;; *) NAMED+=("$1"); shift;; esac; done
"$KIT/setup.sh"; case $? in 0) ;; 77) exit 0;; *) echo "testbed: the setup failed"; exit 1;; esac
BUILD=${CARGO_TARGET_DIR:-$ROOT/target}
OUT=${E2E_OUT:-$BUILD/e2e}; mkdir -p "$OUT"
if [ -z "${SVANG:-}" ]; then
  (cd "$ROOT" && cargo build --quiet --bin svang) || exit 1
  SVANG=$BUILD/debug/svang
fi

# What stands there of the reference layout, then each way to end once.
SHORT=(scan stop_under_load lost_link slow_link two_minutes pairing)
guest() { "$KIT/run.sh" -o "$OUT/$1" -t "$2" -f "$SVANG" "${@:3}"; }
# Shows the lines of a file as they come, until a process has ended.
follow() {
  local shown=0 lines alive=1
  while [ $alive = 1 ]; do
    kill -0 "$2" 2>/dev/null || alive=0
    lines=$(wc -l 2>/dev/null <"$1" || echo 0)
    [ "${lines:-0}" -gt $shown ] && { sed -n "$((shown + 1)),${lines}p" "$1"; shown=$lines; }
    [ $alive = 0 ] || sleep 1
  done
}
failed() {
  [ "$2" = 250 ] && cat "$OUT/$1/stderr" "$OUT/$1/console.log" 2>/dev/null | tail -20
  echo "testbed: logs in $OUT/$1"
}

if [ -n "$FULL" ]; then
  [ "$JOBS" = 1 ] || echo "testbed: $JOBS machines side by side: believe what they did, not how long they took"
  MACHINES=() FOLLOWERS=()
  for i in $(seq "$JOBS"); do
    rm -f "$OUT/part$i/stdout"
    guest "part$i" 86400 matrix.py --full -n "$N" --part "$i/$JOBS" "${ONLY[@]}" & MACHINES+=($!)
    follow "$OUT/part$i/stdout" $! & FOLLOWERS+=($!)
    [ "$i" = "$JOBS" ] || sleep 15  # two that boot at once hang now and then
  done
  RUNS=()
  for i in $(seq "$JOBS"); do
    wait "${MACHINES[$((i-1))]}"; RC=$?; wait "${FOLLOWERS[$((i-1))]}"
    [ $RC = 0 ] || failed "part$i" $RC
    RUNS+=("$OUT/part$i/runs.jsonl")
  done
  cat "${RUNS[@]}" >"$OUT/runs.jsonl"
  "$KIT/table.py" "$OUT/runs.jsonl" | tee "$OUT/table.txt"
  exit "${PIPESTATUS[0]}"
fi

rm -f "$OUT/short/stdout"
if [ ${#ONLY[@]} != 0 ]; then
  guest short 7200 matrix.py --full -n 1 "${ONLY[@]}" &
elif [ ${#NAMED[@]} != 0 ]; then
  guest short 3600 scenarios.py "${NAMED[@]}" &
else
  guest short 1800 bash -c "scenarios.py ${SHORT[*]}; A=\$?; matrix.py --short; B=\$?; exit \$((A | B))" &
fi
MACHINE=$!
follow "$OUT/short/stdout" $MACHINE
wait $MACHINE; RC=$?
[ $RC = 0 ] || { failed short $RC; exit 1; }
