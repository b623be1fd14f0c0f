// SPDX-License-Identifier: MIT
// What the search tries: scenes, each a set of first states and of calls. One scene with everything
// would be too large to finish; what the scenes leave apart does not meet in any row.
#pragma once

#include <string>
#include <vector>

#include "model/call.h"
#include "model/explore/explore.h"
#include "model/snapshot.h"

namespace backstop::model {

/// One event to try.
struct Letter {
  Call call;
  Stage stage = Stage::kOnly;
  bool failing = false;
};

struct Scene {
  std::string name;
  std::vector<Snapshot> roots;
  std::vector<Letter> letters;
};

std::vector<Scene> MakeScenes(const ExploreOptions& options);

/// "JetReadFileInstance(first, file 1, 3 pages)".
std::string LetterText(const Letter& letter);

}  // namespace backstop::model
