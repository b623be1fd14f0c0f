#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# sweep_test.sh PROGRAM SCRATCH-DIR
#
# The verb sweep: what it prints and writes, and how it refuses bad input.
set -euo pipefail
program=$1 scratch=$2

fail() { echo "FAILED: $*" >&2; exit 1; }

# expect CODE COMMAND... runs a command that must end with this exit code.
expect() {
  local wanted=$1 code=0
  shift
  "$@" >"$scratch/out" 2>"$scratch/err" || code=$?
  [[ $code == "$wanted" ]] || { cat "$scratch/out" "$scratch/err" >&2; fail "exit $code instead of $wanted: $*"; }
}

# refuses COMMAND... must end with code 2 and one line on stderr.
refuses() {
  expect 2 "$@"
  [[ $(wc -l <"$scratch/err") == 1 ]] || fail "not one line on stderr: $*"
}

# value KEY prints a number of the summary.
value() { sed -n "s/^  \"$1\": \([^,]*\),\{0,1\}$/\1/p" "$scratch/sweep.json"; }

rm -rf "$scratch" && mkdir -p "$scratch"
expect 0 "$program" sweep --list
for name in complete init backup recovery restore; do
  grep -q "^$name " "$scratch/out" || fail "$name is not listed"
done

# Every operation of the complete backup-and-restore scenario fails once.
expect 0 "$program" sweep complete --fault eio --quiet --json "$scratch/sweep.json"
(($(value ios) > 300)) || fail "only $(value ios) operations"
[[ $(value walks) == $(value ios) ]] || fail "$(value walks) walks for $(value ios) operations"
(($(value failing) > 100)) || fail "only $(value failing) walks noticed their failure"
grep -q '"violations": \[\]' "$scratch/sweep.json" || fail "there are violations"

expect 0 "$program" sweep init --quiet --fault short --at 3 --json "$scratch/sweep.json"
[[ $(value walks) == 1 ]] || fail "--at makes more than one walk"
refuses "$program" sweep
refuses "$program" sweep nothing
refuses "$program" sweep init --fault fire
refuses "$program" sweep init --at 1000000
refuses "$program" sweep init --fault eio --at 1 --json "$scratch/missing/sweep.json"
echo "all as it should be"
