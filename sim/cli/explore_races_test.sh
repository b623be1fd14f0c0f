#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# explore_races_test.sh ENGINE-PROGRAM MUTANTS-DIR TRACES-DIR SCRATCH-DIR
#
# Every mutant that needs a context switch is found by the exhaustive search of its smallest scenario,
# which is the program of its regression trace; of the engine the same search finds nothing.
set -euo pipefail
engine=$1 mutants=$2 traces=$3 scratch=$4

fail() { echo "FAILED: $*" >&2; exit 1; }

# A power cut is no interleaving: its moments are drawn, not searched.
is_race() { grep -q '^  switch T' "$1" && ! grep -q '^faults heavy' "$1"; }

rm -rf "$scratch" && mkdir -p "$scratch"
found=0
for trace in "$traces"/*.trace; do
  name=$(basename "$trace" .trace)
  mutant=$mutants/backstop-$name
  [[ -x $mutant ]] && is_race "$trace" || continue
  code=0
  "$mutant" explore "$trace" --quiet --save "$scratch" --json "$scratch/run.json" >"$scratch/out" 2>&1 || code=$?
  [[ $code == 1 ]] || { cat "$scratch/out" >&2; fail "$name is not found by exhaustive search"; }
  grep -q '"violations": 1' "$scratch/run.json" || fail "$name: a data race alone is no violation"
  runs=$(sed -n 's/^  "executions": \([0-9]*\),$/\1/p' "$scratch/run.json")
  "$engine" explore "$trace" --quiet --json "$scratch/run.json" >"$scratch/out" 2>&1 ||
    { cat "$scratch/out" >&2; fail "the engine fails in the scenario of $name"; }
  grep -q '"complete": true' "$scratch/run.json" || fail "the search of the engine is not complete"
  echo "$name: found after $runs runs"
  found=$((found + 1))
done
((found > 0)) || fail "no mutant was built that needs a context switch"
