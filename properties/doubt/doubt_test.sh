#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# doubt_test.sh BLIND-MUTANT MUTANT SCRATCH-DIR
#
# A campaign finds the mutant, and misses it with a harness that is blind: so the test that the
# mutant is killed would notice a harness like that.
set -euo pipefail
blind=$1 mutant=$2 scratch=$3

rm -rf "$scratch" && mkdir -p "$scratch"
hunt() {
  "$1" run --seed 1 --runs 5000 --quiet --fresh --no-shrink --save "$scratch" >"$scratch/out" 2>&1
}
code=0
hunt "$mutant" || code=$?
[[ $code == 1 ]] || { cat "$scratch/out"; echo "FAILED: exit $code, the mutant is not found"; exit 1; }
code=0
hunt "$blind" || code=$?
[[ $code == 0 ]] || { cat "$scratch/out"; echo "FAILED: exit $code, not blind"; exit 1; }
echo "a blind harness would be noticed"
