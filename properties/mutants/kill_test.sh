#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# kill_test.sh MUTANT-PROGRAM ENGINE-PROGRAM PATCH REGRESSION-TRACE SCRATCH-DIR
#
# The mutant dies within its budget, its shrunk trace is at most two calls longer than the smallest
# program that can show the bug, and traces show the bug on the mutant and none on the engine.
set -euo pipefail
mutant=$1 engine=$2 patch=$3 regression=$4 scratch=$5

fail() { echo "FAILED: $*" >&2; exit 1; }

# expect CODE COMMAND... runs a command that must end with this exit code.
expect() {
  local wanted=$1 code=0
  shift
  "$@" >"$scratch/out" 2>&1 || code=$?
  [[ $code == "$wanted" ]] || { cat "$scratch/out" >&2; fail "exit $code instead of $wanted: $*"; }
}

# Calls stand in their own lines, two blanks in; so do decisions, which have other names.
calls_in() { grep -c '^  Jet' "$1"; }

rm -rf "$scratch" && mkdir -p "$scratch"
expect 1 "$mutant" run --seed 1 --budget 60s --quiet --save "$scratch" --json "$scratch/run.json"
trace=$(find "$scratch" -name '*.trace')
[[ -n $trace ]] || fail "no trace was written"
smallest=$(sed -n 's/^Smallest program: \([0-9]*\) calls\{0,1\}$/\1/p' "$patch")
calls=$(calls_in "$trace")
((calls <= smallest + 2)) || { cat "$trace" >&2; fail "$calls calls, where $smallest are enough"; }

for each in "$trace" "$regression"; do
  expect 1 "$mutant" replay --times 100 "$each"
  expect 0 "$engine" replay "$each"
done
grep -E '"(schedules|seconds)"' "$scratch/run.json"
echo "killed; $calls calls, $smallest are enough"
