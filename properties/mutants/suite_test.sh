#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# suite_test.sh MUTANT-PROGRAM PATCH SUITE
#
# A mutant whose patch says "Sequential: yes" changes a code that one thread alone can see, and so it
# fails the conformance suite; any other passes it.
set -euo pipefail
mutant=$1 patch=$2 suite=$3

wanted=0
if grep -qx 'Sequential: yes' "$patch"; then wanted=1; fi
code=0
out=$("$mutant" conform --quiet --suite "$suite" 2>&1) || code=$?
tail -n 25 <<<"$out"
[[ $code == "$wanted" ]] || { echo "FAILED: exit $code instead of $wanted" >&2; exit 1; }
