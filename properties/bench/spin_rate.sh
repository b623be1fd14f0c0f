#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints how fast Spin searches a scene of the specification: states and (state, event) pairs, each
# pair being one transition, so that the rate compares with what `backstop check-model` prints.
#   spin_rate.sh BACKSTOP [SCENE [DIALECT]]
set -eu
backstop=$1 scene=${2:-backup} dialect=${3:-strict}
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
"$backstop" spec --format promela --scene "$scene" --dialect "$dialect" \
  --output "$directory/model.pml"
cd "$directory"
spin -a -o2 model.pml > spin.log || { cat spin.log >&2; exit 1; }
cc -O2 -w -DSAFETY -DNOREDUCE -o pan pan.c
# The search alone is timed; the hash table is small enough not to be most of it.
start=$(date +%s%N)
./pan -m2000000 -w22 > pan.log
end=$(date +%s%N)
awk -v ns=$((end - start)) -v name="spin, $scene, $dialect" '
  /states, stored/ { states = $1 }
  /transitions \(/ { pairs = $1 }
  END { s = ns / 1e9
        printf "%s: %d states, %d pairs in %.2f s: %.2f million states/s, %.1f million pairs/s\n",
               name, states, pairs, s, states / s / 1e6, pairs / s / 1e6 }' pan.log
