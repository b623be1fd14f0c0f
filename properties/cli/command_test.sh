#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# command_test.sh PROGRAM SCRATCH-DIR tries the command as a user would: exit codes, one clear line
# for bad input, and a trace that survives SIGKILL.
set -euo pipefail
program=$1 scratch=$2
rm -rf "$scratch" && mkdir -p "$scratch" && cd "$scratch"

fail() { echo "FAILED: $*" >&2; exit 1; }

# expect CODE COMMAND... runs a command that must end with this exit code; keeps out and err.
expect() {
  local wanted=$1 code=0
  shift
  "$@" >out 2>err || code=$?
  [[ $code == "$wanted" ]] || { cat out err >&2; fail "exit $code instead of $wanted: $*"; }
}

# refuse TEXT COMMAND... ends with 2 and says TEXT in the one line of stderr.
refuse() {
  local text=$1
  shift
  expect 2 "$@"
  [[ $(wc -l <err) == 1 ]] || { cat err >&2; fail "more than one line: $*"; }
  grep -qF -- "$text" err || { cat err >&2; fail "does not say '$text': $*"; }
}

trace() {
  cat <<END
backstop-trace 1
engine engine
build 000000000000
dialect strict
setup mode=multi settings=default start=begun
faults no
thread T0
  JetStopBackupInstance
schedule random steps=000100 seed=0x0000000000000001
verdict running
end
END
}

# Usage.
refuse "budget soon" "$program" run --budget soon
refuse "shard 3/2" "$program" run --shard 3/2
refuse "strategy luck" "$program" run --strategy luck
refuse "JetFormatDisk" "$program" spec JetFormatDisk
refuse "12345" "$program" spec --code 12345
refuse "subcommand" "$program"
expect 0 "$program" --help
expect 0 "$program" --version
expect 0 "$program" spec JetReadFileInstance
grep -q BackupAbortByServer out || fail "spec does not give the codes of a call"

# Histories from elsewhere.
history() { printf '{"id":"ends","setup":[{"call":"JetCreateInstance2","args":{"as":"i1"},"err":0},{"call":"JetInit3","err":0},{"call":"JetBeginSession","err":0},{"call":"JetBeginExternalBackupInstance","args":{"grbit":"0"},"err":0}],"history":[{"thread":0,"call":"JetEndExternalBackupInstance2","args":{"grbit":"JET_bitBackupEndAbort"},"inv":1,"ret":3,"err":0},{"thread":1,"call":"JetEndExternalBackupInstance2","args":{"grbit":"JET_bitBackupEndAbort"},"inv":2,"ret":4,"err":%s}]}\n' "$1"; }
history 0 >bad.jsonl
history -520 >good.jsonl
expect 0 "$program" check-history good.jsonl
expect 1 "$program" check-history bad.jsonl --json v.json --html page.html --junit j.xml --sarif s.sarif --github
grep -q '::error file=bad.jsonl,title=linearizability ends::' out || fail "no annotation"
grep -q '"verdict": "not-explained"' v.json || fail "--json lacks the verdict"
grep -q 'failures="1"' j.xml && grep -q '"ruleId": "linearizability"' s.sarif || fail "no report of the failure"
refuse "every history is explained" "$program" check-history good.jsonl --html page.html
refuse "no history has this id" "$program" check-history bad.jsonl --id x --html page.html
refuse "good.jsonl: cannot be read" "$program" check-history no/good.jsonl
refuse "no/such/j.xml" "$program" check-history good.jsonl --junit no/such/j.xml

# Traces that cannot be used.
refuse "no.trace" "$program" replay no.trace
printf 'hello\n' >hello.trace
refuse "hello.trace: line 1: this is not a backstop trace" "$program" replay hello.trace
trace | sed 's/backstop-trace 1/backstop-trace 9/' >newer.trace
refuse "version 9" "$program" replay newer.trace
trace | head -n 8 >cut.trace
refuse "cut off" "$program" show cut.trace
head -c 100000 /dev/urandom >noise.trace
refuse "noise.trace: line" "$program" replay noise.trace
refuse "cannot be read" "$program" replay "$scratch"
head -c 20000000 /dev/zero >huge.trace
refuse "longer than any trace line" "$program" replay huge.trace

# A good one.
trace >good.trace
expect 0 "$program" replay --times 5 good.trace
grep -q gone out || fail "a healthy trace is not gone"
expect 0 "$program" show good.trace
grep -q JetStopBackupInstance out || fail "show does not name the call"

# What is printed and gets lost is no success; what is no file stays what it is.
code=0
"$program" show good.trace >/dev/full 2>err || code=$?
[[ $code == 2 ]] && grep -q 'standard output' err || fail "exit $code with a full disk behind stdout"
ln -s /dev/full full
refuse "full: cannot be written: No space left on device" "$program" replay good.trace --json full
[[ -L full ]] || fail "a device was replaced by a file"
mkfifo pipe
cat pipe >piped.json &
expect 0 "$program" run --seed 7 --runs 10 --quiet --json pipe --save traces
wait $!
python3 -m json.tool piped.json >/dev/null || fail "a pipe does not get the one summary"

# A directory for traces that cannot be is refused before the run.
printf x >file
refuse "--save" "$program" run --budget 1s --save file/traces
refuse "--json" "$program" run --budget 1s --json "$scratch/none/out.json"

# A clean run, twice the same.
for i in 1 2; do
  expect 0 "$program" run --seed 7 --runs 3000 --quiet --json run$i.json --save traces
  grep -vE 'second' run$i.json >steady$i.json
done
cmp steady1.json steady2.json || fail "one seed, two campaigns"
[[ -z $(ls traces) ]] || fail "a clean run leaves something behind"

# Killed in mid-run, it leaves the trace of the run that was going on.
"$program" run --seed 7 --budget 60s --quiet --save killed >/dev/null 2>&1 &
sleep 2
kill -KILL $! && wait $! 2>/dev/null || true
[[ $(find killed -name '*.trace' | wc -l) == 1 ]] || fail "no trace, or more than one, after SIGKILL"
expect 0 "$program" replay killed/*.trace
echo "all good"
