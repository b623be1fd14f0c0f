#!/usr/bin/python3
# SPDX-License-Identifier: MIT
#
# branches.py EXPORT-JSON ROOT EXPLAINED [--least PERCENT]: the branches of impl/engine and impl/api
# that were taken, file by file, and each that never was. EXPORT-JSON is that of `llvm-cov export`.
# EXPLAINED holds, for branches that nothing can take, the file, the line as it is written and the
# reason; an entry that matches no such branch is an error. Exits with 1 below PERCENT of all
# branches, counting the explained ones as not taken.
import argparse
import collections
import json
import os
import pathlib
import sys

FOLDERS = ("impl/engine/", "impl/api/")


def branches_of(export, root):
    """{file: {place: [times true, times false]}}, instances of a template joined."""
    files = collections.defaultdict(dict)
    for each in export["data"][0]["files"]:
        # What is compiled from a build directory has its path in it.
        name = os.path.normpath(each["filename"]).removeprefix(f"{root}/")
        if not name.startswith(FOLDERS):
            continue
        for line, column, _, _, true, false, *_ in each.get("branches", []):
            counts = files[name].setdefault((line, column), [0, 0])
            counts[0] += true
            counts[1] += false
    return files


def read_explained(path):
    """{(file, line): reason}; a file's name stands alone before its lines, reasons after ' -- '."""
    explained, name = {}, ""
    for text in path.read_text().splitlines():
        if not text.strip() or text.startswith("#"):
            continue
        if not text.startswith(" "):
            name = text.strip()
            continue
        code, _, reason = text.strip().rpartition(" -- ")
        explained[name, code] = reason
    return explained


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("export", type=pathlib.Path)
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("explained", type=pathlib.Path)
    parser.add_argument("--least", type=float, default=0)
    options = parser.parse_args()
    files = branches_of(json.loads(options.export.read_text()), options.root.resolve())
    explained = read_explained(options.explained)
    used, untaken, total, missed = set(), [], 0, 0
    for name, branches in sorted(files.items()):
        source = (options.root / name).read_text().splitlines()
        never = [(line, column, way) for (line, column), counts in sorted(branches.items())
                 for way, count in zip(("true", "false"), counts) if count == 0]
        total += 2 * len(branches)
        missed += len(never)
        if branches:
            print(f"{name:45} {2 * len(branches) - len(never):5} of {2 * len(branches)}")
        for line, column, way in never:
            code = source[line - 1].strip()
            if (name, code) in explained:
                used.add((name, code))
            else:
                untaken.append(f"never {way:5} {name}:{line}:{column}: {code}")
    print("\n".join(untaken))
    share = 100 * (total - missed) / max(total, 1)
    print(f"branches      {total - missed} of {total} taken ({share:.1f} %), {missed - len(untaken)} of the "
          f"others explained, {len(untaken)} not")
    stale = sorted(set(explained) - used)
    for name, code in stale:
        print(f"{options.explained}: {name}: {code}: no such branch is untaken", file=sys.stderr)
    sys.exit(1 if stale or share < options.least else 0)


if __name__ == "__main__":
    main()
