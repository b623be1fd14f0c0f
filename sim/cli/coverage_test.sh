#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# coverage_test.sh PROGRAM RATCHET SUITE SCRATCH-DIR
#
# Campaigns of fixed seeds and lengths reach at least what the ratchet says: the number of table rows
# never falls, alone and together with the conformance suite, and every probe is hit but for those
# that it names. Who reaches more raises it.
set -euo pipefail
program=$1 ratchet=$2 suite=$3 scratch=$4

fail() { echo "FAILED: $*" >&2; exit 1; }
rm -rf "$scratch" && mkdir -p "$scratch"
piece() {
  "$program" run --quiet --fresh --save "$scratch" --budget 1h --json "$scratch/$1.json" "${@:2}" \
    >"$scratch/out" 2>&1 || { cat "$scratch/out"; fail "the campaign $1 is not clean"; }
}
piece light --seed 1 --runs 40000
piece heavy --seed 2 --runs 40000 --faults heavy
"$program" merge "$scratch/light.json" "$scratch/heavy.json" --json "$scratch/all.json" \
  >"$scratch/merged"
head -n 10 "$scratch/merged"

# Both dialects, and what the suite shows on the engine.
piece ese --seed 3 --runs 20000 --dialect ese
"$program" conform --quiet --engine --suite "$suite" --json "$scratch/suite.json" >"$scratch/suite.out"
grep "beyond the engine" "$scratch/suite.out" && fail "a row is taken that is said to be beyond the engine"
"$program" merge "$scratch"/{light,heavy,ese,suite}.json >"$scratch/joined"
while read -r _ dialect least; do
  rows=$(sed -n "s/^table rows *\([0-9]*\) of .* in $dialect$/\1/p" "$scratch/joined")
  ((rows >= least)) || fail "$rows rows of $dialect are reached by all together, and once it were $least"
done < <(grep '^together' "$ratchet")

# The same piece twice, and files that are none, are refused in one line.
refused() {
  local code=0
  "$program" merge "$@" >"$scratch/out" 2>&1 || code=$?
  [[ $code == 2 && $(wc -l <"$scratch/out") == 1 ]] || { cat "$scratch/out"; fail "merge $*: $code"; }
}
refused "$scratch/light.json" "$scratch/light.json"
refused "$ratchet"
refused "$scratch/all.json"
refused "$scratch/no-such-file"
echo '[1,' >"$scratch/broken.json"
refused "$scratch/light.json" "$scratch/broken.json"
sed 's/"engine": "[^"]*"/"engine": "another"/; s/"seed": 1/"seed": 7/' "$scratch/light.json" \
  >"$scratch/foreign.json"
refused "$scratch/light.json" "$scratch/foreign.json"
sed 's/"format": 1/"format": 99/' "$scratch/light.json" >"$scratch/later.json"
refused "$scratch/later.json"

rows=$(sed -n 's/^table rows *\([0-9]*\) of .*/\1/p' "$scratch/merged")
least=$(sed -n 's/^rows //p' "$ratchet")
((rows >= least)) || fail "$rows rows are reached, and once it were $least"
while IFS= read -r probe; do
  grep -qxF "probe $probe" "$ratchet" || fail "the probe '$probe' is not hit any more"
done < <(sed -n 's/^never hit *probe: //p' "$scratch/merged")
