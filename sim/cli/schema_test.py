#!/usr/bin/python3
# SPDX-License-Identifier: MIT
#
# schema_test.py PROGRAM TRACES SCRATCH-DIR holds what the program really writes against the schemas
# in TRACES/schema, and shows that each schema refuses the same with a member missing.
import copy
import json
import pathlib
import subprocess
import sys
import unittest

import jsonschema

PROGRAM, TRACES, SCRATCH = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])


def without_a_member(value):
    """A copy that lacks the first member of the first object in it."""
    spoiled = copy.deepcopy(value)
    place = spoiled
    while isinstance(place, list):
        place = place[0]
    del place[next(iter(place))]
    return spoiled


class Schemas(unittest.TestCase):
    tried = set()

    @classmethod
    def setUpClass(cls):
        SCRATCH.mkdir(parents=True, exist_ok=True)

    def check(self, name, *arguments, option="--json", spoil=without_a_member):
        path = SCRATCH / f"{name}.json"
        done = subprocess.run([PROGRAM, *map(str, arguments), option, str(path)], cwd=SCRATCH,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        self.assertLess(done.returncode, 2, done.stderr)
        schema = json.loads((TRACES / "schema" / f"{name}.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        written = json.loads(path.read_text())
        self.assertEqual([error.message for error in validator.iter_errors(written)], [])
        self.assertFalse(validator.is_valid(spoil(written)), "the schema accepts anything")
        self.tried.add(name)

    def test_run(self):
        self.check("run", "run", "--runs", 200, "--seed", 3, "--quiet", "--save", SCRATCH / "found")

    def test_replay(self):
        self.check("replay", "replay", *sorted((TRACES / "regressions").glob("*.trace")))

    def test_check_history(self):
        files = [TRACES / "observed/concurrent" / f"{family}.jsonl.zst" for family in ("end_end", "close_read")]
        self.check("check-history", "check-history", *files, "--dialect", "ese", "--quiet", "--summary")

    def test_conform(self):
        self.check("conform", "conform", "--observed", TRACES / "observed/read_errors_db.jsonl.zst", "--quiet")
        self.check("conform", "conform", "--suite", TRACES / "conformance", "--dialect", "ese", "--quiet",
                   spoil=lambda written: {"suite": {"ese": {}}})

    def test_explore(self):
        self.check("explore", "explore", "2x2", "--quiet", "--budget", "5s")

    def test_minimum(self):
        self.check("minimum", "minimum", "--max-length", 1, "--budget", "20s")

    def test_check_model(self):
        self.check("check-model", "check-model", "--dialect", "strict", "--databases", 1, "--logs", 1, "--quiet")

    def test_sweep(self):
        self.check("sweep", "sweep", "init", "--quiet")

    def test_spec(self):
        self.check("spec", "spec", "--format", "json", option="--output")

    def test_perfetto(self):
        trace = TRACES / "regressions/stop-without-lock.trace"
        self.check("perfetto", "show", trace, option="--perfetto",
                   spoil=lambda written: {"traceEvents": [without_a_member(written["traceEvents"][0])]})

    def test_merge(self):
        pieces = []
        for seed in (1, 2):
            pieces.append(SCRATCH / f"piece-{seed}.json")
            subprocess.run([PROGRAM, "run", "--runs", "200", "--seed", str(seed), "--quiet", "--save", SCRATCH / "found",
                            "--json", pieces[-1]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        self.check("merge", "merge", *pieces)
        shown = SCRATCH / "shown.json"
        subprocess.run([PROGRAM, "conform", "--random", "300", "--seed", "5", "--quiet", "--json", shown], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=True)
        self.check("merge", "merge", *pieces, shown)
        self.assertEqual(sorted(json.loads((SCRATCH / "merge.json").read_text())["dialects"]), ["ese", "strict"])

    def test_score(self):
        self.check("score", "score", "--only", "stop-survives-end", "--campaigns", 1, "--runs", 20000, "--no-suite",
                   "--state", SCRATCH / "score")

    def test_zz_every_schema_is_tried(self):
        self.assertEqual(self.tried, {path.stem for path in (TRACES / "schema").glob("*.json")})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
