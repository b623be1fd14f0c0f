#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# suite_test.sh MUTANT-PROGRAM PATCH SUITE
#
# A mutant whose patch says so fails the conformance suite, any other passes it: what one thread alone
# cannot see is for schedules and power cuts.
set -euo pipefail
mutant=$1 patch=$2 suite=$3

wanted=0
if grep -qx 'Fails the conformance suite: yes' "$patch"; then wanted=1; fi
code=0
out=$("$mutant" conform --quiet --suite "$suite" 2>&1) || code=$?
tail -n 25 <<<"$out"
[[ $code == "$wanted" ]] || { echo "FAILED: exit $code instead of $wanted" >&2; exit 1; }
