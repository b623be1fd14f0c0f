#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# suite_test.sh MUTANT-PROGRAM NAME LIST SUITE: a mutant in the list changes a code that one thread alone
# can see, and so fails the conformance suite; any other passes it. A mutant that does neither belongs into
# or out of the list.
set -euo pipefail
mutant=$1 name=$2 list=$3 suite=$4

wanted=0
if grep -qx "$name" "$list"; then wanted=1; fi
code=0
out=$("$mutant" conform --quiet --suite "$suite" 2>&1) || code=$?
echo "$out"
[[ $code == "$wanted" ]] || { echo "FAILED: exit $code instead of $wanted; see ${list##*/}" >&2; exit 1; }
