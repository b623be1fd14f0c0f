#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# explore_test.sh PROGRAM TRACES SCRATCH-DIR
#
# The verb explore: what it prints and writes, how it refuses bad input, that it can be interrupted.
set -euo pipefail
program=$1 traces=$2 scratch=$3

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

# value KEY prints a number or word of the summary.
value() { sed -n "s/^  \"$1\": \([^,]*\),\{0,1\}$/\1/p" "$scratch/run.json"; }

rm -rf "$scratch" && mkdir -p "$scratch"
expect 0 "$program" explore --list
for name in 2x3 3x2 3x3 3x4; do grep -q "^$name " "$scratch/out" || fail "$name is not listed"; done

expect 0 "$program" explore 2x3 --quiet --json "$scratch/run.json"
for key in executions classes redundant states complete seconds; do
  [[ -n $(value $key) ]] || fail "the summary lacks $key"
done
[[ $(value complete) == true ]] || fail "2x3 is not complete"
classes=$(value classes)
(($(value redundant) * 20 <= $(value executions))) || fail "too many redundant runs"

expect 0 "$program" explore 2x3 --quiet --jobs 2 --json "$scratch/run.json"
[[ $(value classes) == "$classes" ]] || fail "two processes count other classes"

expect 0 "$program" explore 3x2 --quiet --state "$scratch/state" --budget 10ms --json "$scratch/run.json"
expect 0 "$program" explore 3x2 --quiet --state "$scratch/state" --json "$scratch/run.json"
[[ $(value complete) == true ]] || fail "an interrupted search does not come to its end"

expect 0 "$program" explore "$traces/regressions/stop-without-lock.trace" --quiet
refuses "$program" explore
refuses "$program" explore 9x9
refuses "$program" explore 2x2 --strategy none
refuses "$program" explore 2x2 --strategy naive --state "$scratch/other"
refuses "$program" explore 2x2 --state "$scratch/state"
refuses "$program" explore 2x2 --budget soon
refuses "$program" explore "$scratch/state"
echo "all as it should be"
