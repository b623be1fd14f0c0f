#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# spec_test.sh PROGRAM SCRATCH-DIR asks the specification what a user would ask: a call, a code, a
# state, a clause, a discrepancy, in one dialect or both, and names that do not exist.
set -euo pipefail
program=$1 scratch=$2
rm -rf "$scratch" && mkdir -p "$scratch" && cd "$scratch"

fail() { echo "FAILED: $*" >&2; exit 1; }

# answer TEXT ARGUMENTS... expects a clean exit, nothing on stderr, and TEXT on stdout.
answer() {
  local text=$1
  shift
  "$program" spec "$@" >out 2>err || fail "exit $?: spec $*"
  [[ ! -s err ]] || { cat err >&2; fail "stderr is not empty: spec $*"; }
  grep -qF -- "$text" out || { cat out >&2; fail "does not say '$text': spec $*"; }
}

# refuse TEXT ARGUMENTS... expects exit 2, nothing on stdout, and TEXT in the one line of stderr.
refuse() {
  local text=$1 code=0
  shift
  "$program" spec "$@" >out 2>err || code=$?
  [[ $code == 2 ]] || fail "exit $code instead of 2: spec $*"
  [[ ! -s out && $(wc -l <err) == 1 ]] || { cat out err >&2; fail "more than one line: spec $*"; }
  grep -qF -- "$text" err || { cat err >&2; fail "does not say '$text': spec $*"; }
}

answer "READ-2" JetReadFileInstance
answer "L-2" jetreadfile
answer "TERM-7" JetTerm
answer "JetTruncateLogInstance" --code -801
answer "JetTruncateLogInstance" --code JET_errBackupAbortByServer
answer "JET_errTermInProgress (-1000)" --state terminating
answer "JET_errBackupAbortByServer (-801)" --state stopped
answer "backup.cxx:2706" --clause READ-2
answer "END-5" --discrepancy D-01
answer "strict" --discrepancy D-01 --dialect strict
! grep -q '^  ese ' out || fail "--dialect strict tells of ese"
answer "What every call returns" --dialect ese
answer "<!doctype html>" --format html
answer "stateDiagram-v2" --format mermaid
answer "digraph" --format dot
answer '"version": 1' --format json
"$program" spec --format html --output spec.html >out
[[ ! -s out ]] || fail "--output writes to stdout too"
"$program" spec --format html | cmp - spec.html || fail "--output writes something else"

refuse "did you mean JetReadFile" JetReedFile
refuse "'JetFormatDisk'" JetFormatDisk
refuse "'12345'" --code 12345
refuse "did you mean JET_errNoBackup?" --code JET_errNoBackups
refuse "states: absent, created" --state asleep
refuse "did you mean stopped?" --state stoped
refuse "did you mean READ-9" --clause READ-99
refuse "'D-99'" --discrepancy D-99
refuse "pdf not in" --format pdf
refuse "dutch not in" --dialect dutch
refuse "at most 1" --state ready --code -801
refuse "cannot be written" --output "$scratch/none/spec.md"
echo "all good"
