// SPDX-License-Identifier: MIT
#include "properties/planted/scene_book.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/explore/search.h"

namespace backstop::planted {

namespace {

/// One database and one log: a planted error shows in a small world, or the search is not what
/// sees it.
constexpr uint64_t kSearchedStates = 2'000;

constexpr size_t kAll = ~size_t{0};

}  // namespace

SceneBook::SceneBook(const model::Dialect& dialect, uint64_t max_states)
    : options_{.dialect = &dialect, .databases = 1, .logs = 1, .max_states = max_states} {
  model::Lifecycle specification(dialect);
  for (model::Scene& scene : model::MakeScenes(options_)) {
    const model::ExploreResult found = Search(scene, kAll, specification);
    pages_.push_back({std::move(scene), found.scenes.front(), found.row_hits});
  }
}

model::ExploreResult SceneBook::Search(const model::Scene& scene, size_t max_findings,
                                       model::Lifecycle& lifecycle) const {
  model::ExploreOptions options = options_;
  options.max_findings = max_findings;
  model::ExploreResult result = model::EmptyResult(lifecycle);
  model::SceneSearch(options, scene, lifecycle, &result).Run();
  return result;
}

bool SceneBook::Takes(const Page& page, const std::vector<model::RowId>& rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](model::RowId row) { return page.row_hits[row] != 0; });
}

std::string SceneBook::FirstFinding(const Planting& planting) const {
  model::Lifecycle lifecycle(Families(planting.tables), *options_.dialect);
  for (const Page& page : pages_) {
    if (!Takes(page, planting.touched)) continue;
    const model::ExploreResult found = Search(page.scene, 1, lifecycle);
    if (found.findings.empty()) continue;
    const model::ExploreFinding& finding = found.findings.front();
    return fmt::format("{}: {} {}", page.scene.name, finding.rule, finding.text);
  }
  return "";
}

std::string SceneBook::FirstOtherCount(const Planting& planting) const {
  model::Lifecycle lifecycle(Families(planting.tables), *options_.dialect);
  for (const Page& page : pages_) {
    if (!page.counts.complete || !Takes(page, planting.touched)) continue;
    const model::ExploreScene counts = Search(page.scene, kAll, lifecycle).scenes.front();
    if (counts.states == page.counts.states && counts.pairs == page.counts.pairs) continue;
    return fmt::format("{}: {} states and {} pairs, not {} and {}", page.scene.name, counts.states,
                       counts.pairs, page.counts.states, page.counts.pairs);
  }
  return "";
}

const SceneBook& StrictScenes() {
  static const SceneBook book(model::kStrict, kSearchedStates);
  return book;
}

const SceneBook& EseScenes() {
  static const SceneBook book(model::kEse, kSearchedStates);
  return book;
}

}  // namespace backstop::planted
