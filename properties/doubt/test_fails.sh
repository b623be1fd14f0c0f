#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# test_fails.sh TEST-PROGRAM
#
# The tests are those of a part of the harness that was spoiled: one of them has to say so.
set -uo pipefail

out=$("$1" --gtest_brief=1 2>&1)
code=$?
grep -m 5 'FAILED' <<<"$out"
[[ $code == 1 ]] || { tail -n 20 <<<"$out"; echo "FAILED: exit $code; no test has noticed"; exit 1; }
