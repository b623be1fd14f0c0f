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

# On the engine the failure is gone, or its schedule cannot be followed at all.
gone_on_engine() {
  local code=0
  "$engine" replay "$1" >"$scratch/out" 2>&1 || code=$?
  [[ $code == 0 || $code == 3 ]] || { cat "$scratch/out" >&2; fail "exit $code: $engine replay $1"; }
}

# Calls stand in their own lines, two blanks in; so do decisions, which have other names.
calls_in() { grep -c '^  Jet' "$1"; }

rm -rf "$scratch" && mkdir -p "$scratch"
faults=$(sed -n 's/^Faults: //p' "$patch")
smallest=$(sed -n 's/^Smallest program: \([0-9]*\) calls\{0,1\}$/\1/p' "$patch")
# A run is made smaller within its class of failure, and some classes take more calls than others.
for seed in 1 2 3 4; do
  rm -rf "$scratch/$seed" && mkdir -p "$scratch/$seed"
  expect 1 "$mutant" run --seed $seed --faults "${faults:-light}" --budget 60s --quiet \
    --save "$scratch/$seed" --json "$scratch/run.json"
  trace=$(find "$scratch/$seed" -name '*.trace')
  [[ -n $trace ]] || fail "no trace was written"
  calls=$(calls_in "$trace")
  ((calls > smallest + 2)) || break
done
grep -q "^origin version=.* strategy=.* seed=0x0*$seed schedules=" "$trace" || fail "the trace does not tell its origin"
((calls <= smallest + 2)) || { cat "$trace" >&2; fail "$calls calls, where $smallest are enough"; }

for each in "$trace" "$regression"; do
  expect 1 "$mutant" replay --times 100 "$each"
  gone_on_engine "$each"
done
# What was found is replayed before the next search, and is kept once.
expect 1 "$mutant" run --seed 2 --budget 60s --quiet --save "$scratch/$seed" --junit "$scratch/junit.xml" --json "$scratch/known.json"
grep -q 'known failure, found before any search' "$scratch/out" || fail "a known failure is searched again"
grep -q '"violations": 1,' "$scratch/known.json" && grep -q '"rule": "' "$scratch/known.json" || fail "the summary does not tell of the known failure"
grep -q "backstop replay $trace" "$scratch/junit.xml" || fail "JUnit does not say how to reproduce it"
[[ $(find "$scratch/$seed" -name '*.trace' | wc -l) == 1 ]] || fail "one failure has two traces"
# The page blames a call, unless it was no call that showed the bug: a power cut, a wait, a leak,
# the files left at the end.
expect 0 "$mutant" show "$trace" --html "$scratch/page.html"
[[ $faults == heavy ]] || grep -qxE 'verdict (leak|INV-14|INV-30|INV-36|INV-53)' "$trace" || grep -q '"culprit":[0-9]' "$scratch/page.html" || fail "the page blames no call"
grep -E '"(schedules|seconds)"' "$scratch/run.json"
echo "killed; $calls calls, $smallest are enough"
