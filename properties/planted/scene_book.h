// SPDX-License-Identifier: MIT
// The scenes of the state search in one dialect, and what the search finds in the specification as
// it is: which rows each scene takes, and how many states and pairs it has. A planted error is
// looked for only in scenes that take a row that it touches.
#pragma once

#include <string>
#include <vector>

#include "model/explore/alphabet.h"
#include "properties/planted/plants.h"

namespace backstop::planted {

class SceneBook {
 public:
  /// Every search ends after `max_states` of a scene. `dialect` must outlive the object.
  SceneBook(const model::Dialect& dialect, uint64_t max_states);

  /// What the search finds in some scene, as one line; empty if it finds nothing.
  std::string FirstFinding(const Planting& planting) const;

  /// The first scene searched to its end whose number of states or of pairs is another one with the
  /// error; empty if there is none.
  std::string FirstOtherCount(const Planting& planting) const;

 private:
  struct Page {
    model::Scene scene;
    model::ExploreScene counts;
    std::vector<uint64_t> row_hits;
  };

  static bool Takes(const Page& page, const std::vector<model::RowId>& rows);
  model::ExploreResult Search(const model::Scene& scene, size_t max_findings,
                              model::Lifecycle& lifecycle) const;

  model::ExploreOptions options_;
  std::vector<Page> pages_;
};

/// Each made once.
const SceneBook& StrictScenes();
const SceneBook& EseScenes();

}  // namespace backstop::planted
