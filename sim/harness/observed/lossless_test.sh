#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# lossless_test.sh FOLDER: every recording, decompressed, is byte for byte what was recorded, and none
# is missing from the list.
set -euo pipefail
cd "$1"

while read -r sum name; do
  [[ $(zstdcat "$name.zst" | sha256sum) == "$sum "* ]] || { echo "$name is not as recorded" >&2; exit 1; }
done <SHA256SUMS
diff <(find . -name '*.zst' | sed 's|^\./||; s|\.zst$||' | LC_ALL=C sort) \
     <(awk '{ print $2 }' SHA256SUMS | LC_ALL=C sort)
