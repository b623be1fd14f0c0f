#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs the examples: examples_test.sh WRITER BACKUP_CLIENT
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
mkdir "$work/data" "$work/copy"
said=$("$1" "$work/data")
[[ $said == "999 rows, the last is 1000, stories of 20000 bytes" ]] || { echo "writer: $said"; exit 1; }
"$2" "$work/data" "$work/copy" >"$work/list"
grep -qx people.edb "$work/list"
grep -qx 'edb[0-9A-F]*.log' "$work/list"
while read -r name; do [[ -s $work/copy/$name ]]; done <"$work/list"
if "$1" "$work/missing" 2>"$work/err"; then echo "a missing directory was not noticed"; exit 1; fi
[[ $(wc -l <"$work/err") == 1 ]]
