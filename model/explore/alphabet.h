// SPDX-License-Identifier: MIT
// What the search tries: scenes, each a set of first states and of calls. One scene with everything
// would be too large to finish; what the scenes leave apart does not meet in any row.
#pragma once

#include <string>
#include <vector>

#include "model/explore/explore.h"
#include "model/explore/position.h"

namespace backstop::model {

/// What a scene remembers from state to state. The rest is put back to its first value after every
/// step, once the invariants have seen the step: no row of the scene asks for it, so that it would
/// multiply the states and decide nothing.
struct Keeps {
  /// The generations that headers remember: stamped, and shown by JetGetDatabaseInfo, but asked for
  /// by no row.
  bool headers = false;
  /// Which generations are deleted: asked for by calls that open and list logs.
  bool deletions = true;
};

struct Scene {
  std::string name;
  std::vector<Snapshot> roots;
  std::vector<Letter> letters;
  Keeps keeps = {};
};

/// The scenes, the same ones for every dialect. Deterministic.
std::vector<Scene> MakeScenes(const ExploreOptions& options);

/// Drops from a state what `keeps` does not name, and makes states one that differ in nothing that
/// a row of the dialect can tell:
/// - transaction levels 3 to 5 are 2;
/// - the handle of an open file is 1 and no handle is remembered after it is closed;
/// - of the two ways to count copied logs, the one that the dialect does not use is 0.
void Merge(const Keeps& keeps, const Dialect& dialect, Snapshot* state);

/// What the engine is made to report to a call: handle 1, and sizes and ranges as in `options`.
Outcome Reported(const ExploreOptions& options, const Call& call);

/// "JetReadFileInstance(first, file 1, 3 pages)".
std::string LetterText(const Letter& letter);

}  // namespace backstop::model
