#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs the examples: examples_test.sh WRITER BACKUP_CLIENT
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
mkdir "$work/data" "$work/copy" "$work/restored"
said=$("$1" "$work/data")
[[ $said == "999 rows, the last is 1000, stories of 20000 bytes" ]] || { echo "writer: $said"; exit 1; }
"$2" backup "$work/data" "$work/copy" >"$work/list"
grep -qx people.edb "$work/list"
grep -qx 'edb[0-9A-F]*.log' "$work/list"
while read -r name; do [[ -s $work/copy/$name ]]; done <"$work/list"
# The copies are enough: nothing of the original is there any more.
rm -r "$work/data"
said=$("$2" restore "$work/copy" "$work/restored")
[[ $said == "people.edb: 999 rows" ]] || { echo "restore: $said"; exit 1; }
for wrong in "$1 $work/missing" "$2 restore $work/restored $work/copy" "$2 backup $work/copy"; do
  if $wrong 2>"$work/err"; then echo "not refused: $wrong"; exit 1; fi
  [[ $(wc -l <"$work/err") == 1 ]]
done
