#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# conform_test.sh PROGRAM LIBRARY RECORDINGS SUITE SCRATCH-DIR tries `backstop conform` as a user would: on
# recordings and on the conformance suite, on one with a wrong code, on files that cannot be used, and on a
# shared library.
set -euo pipefail
program=$1 library=$2 recordings=$3 suite=$4 scratch=$5
rm -rf "$scratch" && mkdir -p "$scratch" && cd "$scratch"

fail() { echo "FAILED: $*" >&2; exit 1; }

# expect CODE COMMAND... runs a command that must end with this exit code; keeps out and err.
expect() {
  local wanted=$1 code=0
  shift
  "$@" >out 2>err || code=$?
  [[ $code == "$wanted" ]] || { cat out err >&2; fail "exit $code instead of $wanted: $*"; }
}

# refuse CODE TEXT COMMAND... ends with CODE and says TEXT in the one line of stderr.
refuse() {
  local wanted=$1 text=$2
  shift 2
  expect "$wanted" "$@"
  [[ $(wc -l <err) == 1 ]] || { cat err >&2; fail "more than one line: $*"; }
  grep -qF -- "$text" err || { cat err >&2; fail "does not say '$text': $*"; }
}

says() { grep -qF -- "$1" "$2" || { cat "$2" >&2; fail "$2 does not say '$1'"; }; }

conform=("$program" conform --quiet)

# Bad usage, files that cannot be used.
refuse 2 "--dialect strict" "${conform[@]}" --dialect strict
refuse 2 "--deadline soon" "${conform[@]}" --deadline soon
refuse 2 "none.jsonl: cannot be read" "${conform[@]}" --observed none.jsonl
printf '\n{"id":"a","steps":[]}\nhello\n' >bad.jsonl
refuse 2 "bad.jsonl: line 3: column 1: syntax error" "${conform[@]}" --observed bad.jsonl
printf '{"id":"a","steps":[{"call":"JetTerm"}]}\n' >half.jsonl
refuse 2 "half.jsonl: line 1: a, step 0: 'err' is missing" "${conform[@]}" --observed half.jsonl
head -c 1000 /dev/urandom >noise.jsonl.zst
refuse 2 "noise.jsonl.zst: cannot be decompressed" "${conform[@]}" --observed noise.jsonl.zst
refuse 2 "--json" "${conform[@]}" --observed "$recordings/read_errors_db.jsonl.zst" --json none/out.json
refuse 4 "none.so" "${conform[@]}" --engine --target none.so
refuse 4 "file too short" "${conform[@]}" --engine --target bad.jsonl

# Recordings agree; a sequence with one wrong code does not, on either side.
expect 0 "${conform[@]}" --observed "$recordings/read_errors_db.jsonl.zst" --json out.json
for key in sequences steps model_checked model_allowed engine_checked engine_equal skipped \
           disagreements; do
  says "\"$key\"" out.json
done
zstdcat "$recordings/exhaustive3.jsonl.zst" | sed -n '1,5p' >few.jsonl
expect 0 "${conform[@]}" --observed few.jsonl
says "sequences     5" out
sed '3s/\(.*\)"err":0,"name":"JET_errSuccess"/\1"err":-1003,"name":"JET_errInvalidParameter"/' \
  few.jsonl >wrong.jsonl
cmp -s few.jsonl wrong.jsonl && fail "no code was changed"
for side in model engine; do
  expect 1 "${conform[@]}" --observed wrong.jsonl --$side --json wrong.json
  says "\"side\": \"$side\"" wrong.json
  says "JetTerm2: code recorded -1003" out
done

# The library is the same engine.
for file in config multi; do
  expect 0 "${conform[@]}" --engine --observed "$recordings/$file.jsonl.zst" --json builtin.json
  expect 0 "${conform[@]}" --engine --observed "$recordings/$file.jsonl.zst" --json library.json \
    --target "$library"
  cmp builtin.json library.json || fail "the library differs on $file"
done

# The suite: the engine agrees in both dialects, and a wrong code is found.
expect 0 "${conform[@]}" --suite "$suite" --json suite.json
for key in suite strict ese sequences complete steps equal left deviations; do
  says "\"$key\"" suite.json
done
refuse 2 "empty: holds no suite" "${conform[@]}" --suite empty
refuse 2 "--dialect esse" "${conform[@]}" --suite "$suite" --dialect esse
mkdir -p wrong/both
grep -h '"STOP-1/no-backup/JetStopBackupInstance"' "$suite"/both/begin-and-stop.jsonl |
  sed 's/\("JetStopBackupInstance".*"err":\)0/\1-1003/' >wrong/both/begin-and-stop.jsonl
[[ -s wrong/both/begin-and-stop.jsonl ]] || fail "the suite has no such sequence"
expect 1 "${conform[@]}" --suite wrong --dialect strict
says "expected -1003" out

# Sequences drawn at random agree too, and the same seed draws the same.
expect 0 "${conform[@]}" --random 3000 --seed 5 --json random.json
says "random        ese:" out
expect 0 "${conform[@]}" --random 3000 --seed 5 --json again.json
cmp random.json again.json || fail "the same seed drew other sequences"

# What any engine can be asked gives the same with the library, byte for byte; a process for each
# sequence takes its time, so every fourth has to do.
for file in "$suite"/*/*.jsonl; do
  mkdir -p "some/$(basename "$(dirname "$file")")"
  awk 'NR % 4 == 1' "$file" >"some/$(basename "$(dirname "$file")")/$(basename "$file")"
done
expect 0 "${conform[@]}" --suite some --plain --json builtin.json
expect 0 "${conform[@]}" --suite some --json library.json --target "$library"
says "\"engine\": \"$library\"" library.json
says '"what": "suite without faults"' builtin.json
sed -i '/^  "engine": /d; /^  "what": /d' builtin.json library.json
cmp builtin.json library.json || fail "the library differs on the suite"
echo "all good"
