#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# replay_test.sh PROGRAMS TRACES SCRATCH-DIR
#
# Replays every trace on every engine whose points have moved. Without the bug a trace is gone or has
# diverged, and says so. With the bug it is reproduced or has diverged: never gone; and nine of ten
# are reproduced. Nothing crashes. What is reproduced can be explained, with a schedule that passes.
set -euo pipefail
programs=$1 traces=$2 scratch=$3

fail() { echo "FAILED: $*" >&2; exit 1; }

# replay PROGRAM TRACE prints the exit code and leaves what was said in $scratch/out.
replay() {
  local code=0
  "$1" replay "$2" >"$scratch/out" 2>&1 || code=$?
  echo "$code"
}

# explained PROGRAM TRACE: if there are switches or faults, one makes the difference; the page shows
# it, too.
explained() {
  "$1" show "$2" --explain >"$scratch/out" 2>&1 || fail "$1 show $2 --explain"
  grep -q '^What matters (' "$scratch/out" || fail "$1 does not explain $2"
  "$1" show "$2" --html "$scratch/page.html" || fail "$1 show $2 --html"
  grep -q '"explanation":{"change":' "$scratch/page.html" || fail "$1: the page of $2 explains nothing"
  grep -q '^  draw \|^  switch T' "$2" || return 0
  grep -q '^The nearest schedule that passes: ' "$scratch/out" || fail "$1: nothing passes near $2"
}

rm -rf "$scratch" && mkdir -p "$scratch"
alone=0 reproduced=0 diverged=0 moved=0
for program in "$programs"/backstop-*; do
  name=$(basename "$program") && name=${name#backstop-}
  for trace in "$traces"/*.trace; do
    [[ $name != *+* || $(basename "$trace" .trace) == "${name#*+}" ]] || continue
    code=$(replay "$program" "$trace")
    said=$(head -n 1 "$scratch/out")
    case $name:$code:$said in
      *+*:1:*": reproduced"*) reproduced=$((reproduced + 1)) && explained "$program" "$trace" ;;
      *+*:3:*": diverged at line "*) diverged=$((diverged + 1)) ;;
      *+*) fail "$name has the bug, and its trace ends with $code: $said" ;;
      *:0:*": gone"* | *:3:*": diverged at line "*) alone=$((alone + 1)) ;;
      *) fail "$name has no bug, and $trace ends with $code: $said" ;;
    esac
    [[ $said != *re-synchronis* && $said != *beside* ]] || moved=$((moved + 1))
    printf '%-44s %s\n' "$name" "${said#"$traces"/}" | cut -c 1-150
  done
done
((alone > 0 && reproduced > 0 && moved > 0)) || fail "nothing was replayed, or no point has moved"
((reproduced * 10 >= (reproduced + diverged) * 9)) || fail "only $reproduced reproduced, $diverged diverged"
echo "without the bug: $alone gone or diverged; with it: $reproduced reproduced, $diverged diverged; $moved with points that had moved"
