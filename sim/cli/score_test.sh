#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# score_test.sh PROGRAM ROOT SCRATCH-DIR
#
# Mutants are killed, what is done is not done again, an engine that is as good is a survivor, and
# patches that are none are one line each and count for nothing.
set -euo pipefail
program=$1 root=$2 scratch=$3

fail() { cat "$scratch/out" "$scratch/err" >&2; echo "FAILED: $*" >&2; exit 1; }
score() {
  local wanted=$1 code=0
  shift
  "$program" score --campaigns 1 --no-suite --random 0 --state "$scratch/state" "$@" \
    >"$scratch/out" 2>"$scratch/err" || code=$?
  [[ $code == "$wanted" ]] || fail "exit $code instead of $wanted: score $*"
}
has() { grep -qE "$1" "$scratch/out" || fail "no line '$1'"; }

rm -rf "$scratch" && mkdir -p "$scratch/others"
score 0 --only stop-survives-end --only end-leaves-slot --json "$scratch/score.json"
has '^killed +end-leaves-slot: by INV-'
has '^killed +2 of 2'
stamp=$(stat -c %Y%s "$scratch/state/end-leaves-slot.json")
score 0 --only stop-survives-end --only end-leaves-slot
[[ $stamp == "$(stat -c %Y%s "$scratch/state/end-leaves-slot.json")" ]] || fail "done again"

cp "$root/properties/mutants/end-leaves-slot.patch" "$scratch/others/good.patch"
sed 's/FreeSlot(&source);/NoSuchLine();/' "$scratch/others/good.patch" >"$scratch/others/stale.patch"
sed 's/^+  ++handle_;/+  nonsense;/' "$scratch/others/good.patch" >"$scratch/others/broken.patch"
sed 's#b/impl/engine/backup.cc#b/model/lifecycle.cc#' "$scratch/others/good.patch" \
  >"$scratch/others/outside.patch"
echo 'no patch' >"$scratch/others/prose.patch"
# A comment alone changes nothing that anybody could find.
(cd "$scratch" && mkdir -p a/impl/engine b/impl/engine && cp "$root/impl/engine/path.h" a/impl/engine &&
  sed 's#^\#pragma once#\#pragma once  // as before#' a/impl/engine/path.h >b/impl/engine/path.h &&
  ! diff -u a/impl/engine/path.h b/impl/engine/path.h >others/same.patch)
score 2 --mutants "$scratch/others" --runs 500
has '^killed +good:'
has '^SURVIVED +same:'
for each in stale:'does not apply' broken:'does not compile' outside:'files of impl/ only' \
  prose:'no unified diff'; do
  grep -q "^backstop: ${each%%:*}.patch: .*${each#*:}" "$scratch/err" || fail "no line about $each"
done
[[ $(wc -l <"$scratch/err") == 4 ]] || fail "more than a line each"
score 1 --mutants "$scratch/others" --only same --runs 500
score 2 --mutants "$scratch/nowhere"
score 2 --only no-such-mutant
