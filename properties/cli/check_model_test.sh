#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# check_model_test.sh PROGRAM SCRATCH-DIR tries `check-model`: its counts as text and as JSON, the
# comparison with Spin, and what it refuses.
set -euo pipefail
program=$1 scratch=$2
rm -rf "$scratch" && mkdir -p "$scratch" && cd "$scratch"

fail() { echo "FAILED: $*" >&2; exit 1; }

# refuse TEXT OPTIONS... ends with 2 and says TEXT in the one line of stderr.
refuse() {
  local text=$1 code=0
  shift
  "$program" check-model "$@" >out 2>err || code=$?
  [[ $code == 2 && $(wc -l <err) == 1 ]] || { cat err >&2; fail "exit $code: $*"; }
  grep -qF -- "$text" err || { cat err >&2; fail "does not say '$text': $*"; }
}

refuse "there is no scene 'attic'; they are: backup" --scene attic
refuse "--dialect" --dialect klingon
refuse "--databases" --databases 9
refuse "--json" --scene services --json none/out.json
env PATH=/nowhere "$program" check-model --scene services --spin >out 2>err && fail "no spin, no word"
grep -q "it needs spin and cc" err || { cat err >&2; fail "does not say what is missing"; }

# Both dialects unless one is asked for; the sums are sums.
"$program" check-model --scene services --quiet --json both.json >out
grep -q "^dialect strict" out && grep -q "^dialect ese" out || fail "a dialect is missing"
python3 - both.json <<'END'
import json, sys
found = json.load(open(sys.argv[1]))
assert set(found["dialects"]) == {"strict", "ese"}
for count in ("states", "transitions", "pairs"):
    assert found[count] == sum(d[count] for d in found["dialects"].values()) > 0, count
for dialect in found["dialects"].values():
    rows = dialect["rows"]
    assert rows["taken"] + len(rows["never_enabled"]) == rows["all"]
    assert dialect["complete"] and not dialect["findings"]
    assert any(i["id"] == "INV-02" and i["checks"] > 0 for i in dialect["invariants"])
assert found["pairs_per_second"] > 0 and "INV-53" in found["invariants_elsewhere"]
END

# A bound that ends the search is no proof.
"$program" check-model --scene services --max-states 10 --quiet >out
grep -q "INCOMPLETE" out && grep -q "not complete" out || fail "does not say that it is not complete"

# Spin counts the same.
"$program" check-model --scene services --dialect strict --spin --json spin.json >out
grep -q "^check-model .*pairs a second" out && grep -q "^spin .*pairs a second" out ||
  fail "no rates side by side"
python3 - spin.json <<'END'
import json, sys
scene, = json.load(open(sys.argv[1]))["scenes"]
assert scene["agrees"] and scene["states"] == scene["spin_states"] > 0
assert scene["pairs"] == scene["spin_pairs"] > 0
END
echo "all good"
