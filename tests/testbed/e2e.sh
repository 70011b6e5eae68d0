#!/bin/bash
# The end-to-end test: the program against an emulated massager on a real BlueZ, in a virtual machine.
#   e2e.sh [SCENARIO]...     all scenarios, or those named (see guest/scenarios.py)
# SVANG: a program built already (default: the debug build, made here). E2E_OUT: where logs go (default: a folder in
# the build folder). One line per scenario. Exit status: 0 all hold or this machine cannot (said), 1 otherwise.
set -uo pipefail
KIT=$(cd "$(dirname "$0")" && pwd); ROOT=$(cd "$KIT/../.." && pwd)
"$KIT/setup.sh"; case $? in 0) ;; 77) exit 0;; *) echo "testbed: the setup failed"; exit 1;; esac
BUILD=${CARGO_TARGET_DIR:-$ROOT/target}
OUT=${E2E_OUT:-$BUILD/e2e}; mkdir -p "$OUT"
if [ -z "${SVANG:-}" ]; then
  (cd "$ROOT" && cargo build --quiet --bin svang) || exit 1
  SVANG=$BUILD/debug/svang
fi
"$KIT/run.sh" -o "$OUT" -t 1200 -f "$SVANG" scenarios.py "$@"; RC=$?
cat "$OUT/stdout"
if [ $RC != 0 ]; then
  [ $RC = 250 ] && cat "$OUT/stderr" "$OUT/console.log" 2>/dev/null | tail -20
  echo "testbed: logs in $OUT"
  exit 1
fi
