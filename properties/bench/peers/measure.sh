#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# measure.sh BUILD-DIR
#
# The peer program in this scheduler, in fast-check (needs node and npm, installs into a scratch
# directory) and in Spin, one after the other, in CPU time.
set -euo pipefail
build=$1
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$build/sim/scheduler/sim_scheduler_bench" --benchmark_filter='BareFiberLoop|ThreeByThree' 2>/dev/null

cp "$here/fast_check.mjs" "$here/peer.pml" "$scratch"
cd "$scratch"
if command -v npm >/dev/null; then
  npm init -y >/dev/null && npm install --silent fast-check@4.10.2
  node fast_check.mjs 20000
fi
if command -v spin >/dev/null; then
  spin -DTHREADS=4 -DCALLS=6 -a peer.pml
  cc -O2 -DSAFETY -DNOREDUCE -o pan pan.c
  TIMEFORMAT='spin: %U s of CPU time'
  time ./pan | grep 'states, stored'
fi
