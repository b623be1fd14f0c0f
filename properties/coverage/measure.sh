#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# measure.sh [BUILD-DIR]: how much of the engine's branches its tests, campaigns in both dialects, the
# conformance suite, random sequences and the sweeps take, by llvm-cov. Builds the coverage preset
# (build/coverage) unless it is told where it was built. The report is printed; profiles and the
# export stay in BUILD-DIR/branches.
set -euo pipefail
here=$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")
root=$(readlink -f "$here/../..")
build=${1:-}
if [[ -z $build ]]; then
  build=$root/build/coverage
  (cd "$root" && cmake --preset coverage >/dev/null)
  ninja -C "$build" impl_lifecycle_test impl_storage_test impl_free_running_test backstop
fi
build=$(readlink -f "$build")
tool() { command -v "$1-14" || command -v "$1"; }

work=$build/branches
rm -rf "$work" && mkdir -p "$work" && cd "$work"
export LLVM_PROFILE_FILE=$work/%p-%m.profraw
backstop=$build/sim/cli/backstop
objects=()
for test in impl_lifecycle_test impl_storage_test impl_free_running_test; do
  "$build/impl/$test" --gtest_brief=1 >"$test.log" 2>&1 || { tail -n 30 "$test.log"; exit 1; }
  objects+=(-object "$build/impl/$test")
done
run() { "$backstop" "$@" >>"$work/backstop.log" 2>&1 || { tail -n 5 "$work/backstop.log"; exit 1; }; }
for dialect in strict ese; do
  run run --quiet --fresh --save "$work" --budget 1h --seed 1 --runs 10000 --dialect "$dialect"
  run run --quiet --fresh --save "$work" --budget 1h --seed 2 --runs 5000 --faults heavy --dialect "$dialect"
done
run conform --quiet --engine --suite "$root/traces/conformance"
# Deviations are for `conform` to report; here it is what was run that counts.
"$backstop" conform --quiet --engine --random 20000 >>"$work/backstop.log" 2>&1 || (($? == 1))
for recording in "$root"/traces/observed/restore/*.zst "$root"/traces/observed/{config,multi,snapshot}.jsonl.zst; do
  run conform --quiet --engine --observed "$recording"
done
for scenario in $("$backstop" sweep --list | awk '{ print $1 }'); do
  run sweep --quiet "$scenario"
done
"$(tool llvm-profdata)" merge -sparse ./*.profraw -o all.profdata
"$(tool llvm-cov)" export "$backstop" "${objects[@]}" -instr-profile=all.profdata >export.json
/usr/bin/python3 "$here/branches.py" export.json "$root" "$here/untaken.txt" --least 95
