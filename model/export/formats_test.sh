#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# formats_test.sh PROGRAM SCRATCH-DIR hands the exports of the specification to the programs they are
# made for: Graphviz draws the diagrams, a validator holds the JSON against its schema.
set -euo pipefail
program=$1 scratch=$2
schema=$(dirname "$(readlink -f -- "$0")")/spec.schema.json
rm -rf "$scratch" && mkdir -p "$scratch" && cd "$scratch"

fail() { echo "FAILED: $*" >&2; exit 1; }

valid() {
  /usr/bin/python3 - "$schema" "$1" <<'END'
import json, sys
from jsonschema import Draft7Validator
schema, spec = (json.load(open(path)) for path in sys.argv[1:])
Draft7Validator.check_schema(schema)
errors = list(Draft7Validator(schema).iter_errors(spec))
for error in errors[:5]:
    print("/".join(map(str, error.path)), error.message[:200])
sys.exit(bool(errors))
END
}

for dialect in both strict ese; do
  "$program" spec --format json --dialect $dialect --output $dialect.json
  valid $dialect.json || fail "the JSON of $dialect does not fit its schema"
  "$program" spec --format dot --dialect $dialect --output $dialect.dot
  dot -Tsvg $dialect.dot -o $dialect.svg 2>warnings || fail "Graphviz refuses $dialect.dot"
  [[ ! -s warnings ]] || { cat warnings >&2; fail "Graphviz warns about $dialect.dot"; }
  grep -q 'databases phase' $dialect.svg || fail "the picture lacks a state"
done

# The validator sees a wrong row, a missing field and a version of the future.
sed '0,/"kind": "returns"/s//"kind": "explodes"/' both.json >bad.json
! valid bad.json >/dev/null || fail "a wrong kind is not seen"
sed '0,/"clause": /s//"klause": /' both.json >bad.json
! valid bad.json >/dev/null || fail "a missing clause is not seen"
sed 's/"version": 1/"version": 2/' both.json >bad.json
! valid bad.json >/dev/null || fail "another version is not seen"
echo 'digraph { a -> }' >bad.dot
! dot -Tsvg bad.dot -o bad.svg 2>/dev/null || fail "Graphviz takes anything"

# The same export twice is the same.
"$program" spec --format json >again.json
cmp both.json again.json || fail "two exports differ"
echo "all good"
