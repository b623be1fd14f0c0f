#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# wrapper_test.sh LAW makes a checkout of the wrapper and a program that prints what it gets, and
# tries the law on it.
set -euo pipefail

source_root=$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")/../..
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
checkout="$scratch/a checkout"
wrapper=$checkout/backstop
unset BACKSTOP_BUILD_DIR CXX

make_checkout() {
  mkdir -p -- "$checkout/sim/cli" "$checkout/cmake"
  cp -- "$source_root/backstop" "$source_root/CMakePresets.json" "$checkout"
  cp -- "$source_root/cmake/debian-packages.txt" "$checkout/cmake"
  cat >"$checkout/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(tiny CXX)
enable_testing()
add_subdirectory(sim/cli)
END
  cat >"$checkout/sim/cli/CMakeLists.txt" <<'END'
add_executable(backstop_cli main.cc)
set_target_properties(backstop_cli PROPERTIES OUTPUT_NAME backstop)
add_test(NAME good COMMAND backstop_cli)
add_test(NAME bad COMMAND backstop_cli one_argument)
END
  cat >"$checkout/sim/cli/main.cc" <<'END'
#include <fcntl.h>

#include <cstdio>

int main(int count, char** arguments) {
  if (fcntl(0, F_GETFD) < 0) std::puts("no input at all");
  for (int i = 1; i < count; ++i) std::printf("[%s]", arguments[i]);
  for (int c = std::getchar(); c != EOF; c = std::getchar()) std::putchar(c);
  return count - 1;
}
END
}

# expect STATUS COMMAND... runs it, keeps what it prints in $out and $err and compares its status.
expect() {
  local wanted=$1 status=0
  shift
  "$@" >"$scratch/out" 2>"$scratch/err" || status=$?
  out=$(<"$scratch/out")
  err=$(<"$scratch/err")
  ((status == wanted)) || die "status $status instead of $wanted: $err"
}

die() {
  echo "$*" >&2
  exit 1
}

ArgumentsInputAndStatusPassUnchanged() {
  ln -s "$wrapper" "$scratch/link"
  cd /
  expect 3 "$scratch/link" run "two words" '' < <(echo input)
  [[ $out == "[run][two words][]input" ]] || die "passed on: $out"
}

AClosedInputIsAnEmptyOne() {
  expect 0 "$wrapper" <&-
  [[ -z $out ]] || die "found: $out"
}

ASecondCallBuildsNothing() {
  expect 0 "$wrapper" </dev/null
  expect 0 "$wrapper" </dev/null
  [[ -z $err ]] || die "said: $err"
  grep -q "no work to do" "$checkout/build/release/backstop.log" || die "it built again"
}

AMovedCheckoutIsBuiltAgain() {
  expect 0 "$wrapper" </dev/null
  mv -- "$checkout" "$scratch/elsewhere"
  sed -i 's/%s/moved %s/' "$scratch/elsewhere/sim/cli/main.cc"
  expect 1 "$scratch/elsewhere/backstop" run </dev/null
  [[ $out == "[moved run]" ]] || die "ran another program: $out"
}

EachCompilerHasItsTree() {
  CXX=g++ BACKSTOP_BUILD_DIR=$scratch/trees expect 0 "$wrapper" </dev/null
  [[ -x $scratch/trees/release-g++/sim/cli/backstop ]] || die "not in the tree of g++"
}

CallsAtTheSameTimeBuildOnce() {
  local -a calls=()
  for i in 1 2 3; do
    "$wrapper" run </dev/null >"$scratch/out$i" 2>"$scratch/err$i" || true &
    calls+=($!)
  done
  wait "${calls[@]}"
  [[ $(cat "$scratch"/out?) == "[run][run][run]" ]] || die "$(cat "$scratch"/err?)"
  [[ $(grep -c "building in" "$scratch"/err? | grep -c ':1$') == 1 ]] || die "built more than once"
}

ABrokenBuildIsAnInternalError() {
  echo "int main( {" >"$checkout/sim/cli/main.cc"
  expect 70 "$wrapper" </dev/null
  [[ $err == *"error:"*"$checkout/build/release/backstop.log"* ]] || die "said: $err"
}

# Nothing is installed as far as dpkg knows, and neither apt nor sudo does anything.
AMissingPackageEndsWithTheOneCommand() {
  grep -qs '^VERSION_CODENAME=bookworm$' /etc/os-release || return 0
  mkdir "$scratch/bin"
  for command in dpkg-query dpkg apt-get sudo; do ln -s /bin/false "$scratch/bin/$command"; done
  PATH=$scratch/bin:$PATH expect 69 "$wrapper" </dev/null
  [[ $err == *"apt-get update && apt-get install "*" cmake g++ "* ]] || die "said: $err"
}

TestsReportTheirStatus() {
  expect 8 "$wrapper" test
  [[ $out == *"50% tests passed, 1 tests failed out of 2"* ]] || die "said: $out"
  grep -q '<testsuite' "$checkout/build/dev/junit.xml" || die "no report"
  expect 0 "$wrapper" test -R good
}

make_checkout
"$1"
