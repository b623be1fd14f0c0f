// SPDX-License-Identifier: MIT
#include "sim/cli/model_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "model/explore/invariants.h"
#include "model/explore/row_duty.h"

namespace backstop::cli {

using nlohmann::ordered_json;

namespace {

constexpr size_t kInARow = 4;  ///< invariants printed on a line

/// Why no call of the dialect takes the row; null if one has to.
const char* Excuse(model::RowDuty duty, const model::RowInfo& row) {
  switch (duty) {
    case model::RowDuty::kInternal:
      return row.internal;
    case model::RowDuty::kForeign:
      return "a row of the other dialect";
    case model::RowDuty::kHidden:
      return "a row of this dialect above it refuses the event in any case";
    case model::RowDuty::kNoState:
      return "only rows of the other dialect lead to its state";
    default:
      return nullptr;
  }
}

struct NeverTaken {
  model::RowId row;
  const char* why;  ///< null: it is a finding, or the search did not see every scene
};

std::vector<NeverTaken> RowsNeverTaken(const ModelSearch& search) {
  const std::vector<model::RowDuty> duties = model::RowDuties(*search.rules);
  std::vector<NeverTaken> rows;
  for (model::RowId row = 0; row < model::Rows().size(); ++row) {
    if (search.result.row_hits[row] != 0) continue;
    rows.push_back({row, Excuse(duties[row], model::Rows()[row])});
  }
  return rows;
}

void PrintScene(const model::ExploreScene& scene) {
  fmt::print("{:<14} {:>8} states  {:>4} events  {:>10} pairs  {:>9} moves  depth {:>2}{}\n",
             scene.name, scene.states, scene.letters, scene.pairs, scene.moves, scene.depth,
             scene.complete ? "" : "  INCOMPLETE");
}

void PrintFinding(const model::ExploreFinding& finding) {
  fmt::print("\n{}: {}\n  in state: {}\n", finding.rule, finding.text, finding.state);
  for (const std::string& step : finding.way) fmt::print("    {}\n", step);
}

/// Rows of the dialect that nothing takes although they are in reach of no excuse but a tag.
void PrintRows(const ModelSearch& search) {
  const std::vector<NeverTaken> never = RowsNeverTaken(search);
  fmt::print("{} of {} rows taken", model::Rows().size() - never.size(), model::Rows().size());
  std::map<std::string, size_t> reasons;
  for (const NeverTaken& row : never) {
    if (row.why != nullptr && model::Rows()[row.row].internal == nullptr) ++reasons[row.why];
  }
  for (const auto& [why, count] : reasons) fmt::print("; {}: {}", count, why);
  fmt::print("\n");
  for (const model::RowId row : search.result.internal_rows) {
    const model::RowInfo& info = model::Rows()[row];
    fmt::print("  {} ({} in {}) is out of reach of any public call: {}\n", info.clause, info.event,
               info.source, info.internal);
  }
}

const char* Verdict(const ModelSearch& search) {
  if (!search.result.complete()) return "nothing found, but the search is not complete";
  return search.whole ? "no unhandled event, no dead row, every invariant holds"
                      : "no unhandled event, every invariant holds; rows are not judged";
}

}  // namespace

double ModelSearch::pairs_per_second() const {
  return cpu_seconds > 0 ? static_cast<double>(result.pairs()) / cpu_seconds : 0;
}

void Print(const ModelSearch& search) {
  const model::ExploreResult& result = search.result;
  fmt::print("dialect {}\n", search.dialect);
  for (const model::ExploreScene& scene : result.scenes) PrintScene(scene);
  fmt::print(
      "{} states, {} pairs tried, {} of them moves, in {:.1f} s ({:.1f} s of CPU: {:.1f} million "
      "pairs a second)\n",
      result.states(), result.pairs(), result.moves(), search.seconds, search.cpu_seconds,
      search.pairs_per_second() / 1e6);
  PrintRows(search);
  for (const model::ExploreFinding& finding : result.findings) PrintFinding(finding);
  fmt::print("{}\n\n", result.findings.empty()
                           ? Verdict(search)
                           : fmt::format("{} findings", result.findings.size()));
}

void PrintSum(const std::vector<ModelSearch>& searches) {
  uint64_t states = 0, pairs = 0;
  double cpu_seconds = 0;
  for (const ModelSearch& search : searches) {
    states += search.result.states();
    pairs += search.result.pairs();
    cpu_seconds += search.cpu_seconds;
  }
  fmt::print("{} states, {} pairs in all: {:.1f} million pairs a second on one core\n", states,
             pairs, static_cast<double>(pairs) / cpu_seconds / 1e6);
}

void PrintInvariants(const std::vector<ModelSearch>& searches) {
  std::map<std::string, uint64_t> checks;
  uint64_t all = 0;
  for (const ModelSearch& search : searches) {
    for (const model::InvariantChecks& invariant : search.result.invariants) {
      checks[invariant.id] += invariant.checks;
      all += invariant.checks;
    }
  }
  fmt::print("invariants put to the test {} times:\n", all);
  size_t printed = 0;
  for (const auto& [id, count] : checks) {
    fmt::print("  {:<6} {:>10}{}", id, count, ++printed % kInARow == 0 ? "\n" : "");
  }
  fmt::print("{}", printed % kInARow == 0 ? "" : "\n");
  std::map<std::string, std::vector<std::string>> elsewhere;
  for (const model::InvariantPlace& place : model::InvariantPlaces()) {
    if (place.where[0] != '\0') elsewhere[place.where].emplace_back(place.id);
  }
  for (const auto& [where, ids] : elsewhere) {
    fmt::print("checked by {}: {}\n", where, fmt::join(ids, ", "));
  }
}

namespace {

ordered_json ScenesJson(const model::ExploreResult& result) {
  ordered_json scenes = ordered_json::array();
  for (const model::ExploreScene& scene : result.scenes) {
    scenes.push_back({{"name", scene.name},
                      {"states", scene.states},
                      {"events", scene.letters},
                      {"pairs", scene.pairs},
                      {"transitions", scene.moves},
                      {"depth", scene.depth},
                      {"complete", scene.complete},
                      {"seconds", scene.seconds}});
  }
  return scenes;
}

ordered_json RowsJson(const ModelSearch& search) {
  ordered_json never = ordered_json::array();
  for (const NeverTaken& each : RowsNeverTaken(search)) {
    const model::RowInfo& row = model::Rows()[each.row];
    ordered_json entry = {{"row", each.row},     {"table", row.table}, {"clause", row.clause},
                          {"state", row.source}, {"event", row.event}, {"guard", row.guard}};
    entry["why"] = each.why == nullptr ? ordered_json(nullptr) : ordered_json(each.why);
    never.push_back(std::move(entry));
  }
  return {{"all", model::Rows().size()},
          {"taken", model::Rows().size() - never.size()},
          {"never_enabled", std::move(never)}};
}

ordered_json InvariantsJson(const model::ExploreResult& result) {
  ordered_json invariants = ordered_json::array();
  for (const model::InvariantChecks& invariant : result.invariants) {
    invariants.push_back({{"id", invariant.id},
                          {"sentence", invariant.sentence},
                          {"of", invariant.of_states ? "states" : "steps"},
                          {"checks", invariant.checks}});
  }
  return invariants;
}

ordered_json FindingsJson(const model::ExploreResult& result) {
  ordered_json findings = ordered_json::array();
  for (const model::ExploreFinding& finding : result.findings) {
    findings.push_back({{"rule", finding.rule},
                        {"text", finding.text},
                        {"state", finding.state},
                        {"way", finding.way}});
  }
  return findings;
}

ordered_json ToJson(const ModelSearch& search) {
  const model::ExploreResult& result = search.result;
  return {{"complete", result.complete()},
          {"states", result.states()},
          {"transitions", result.moves()},
          {"pairs", result.pairs()},
          {"seconds", search.seconds},
          {"cpu_seconds", search.cpu_seconds},
          {"pairs_per_second", search.pairs_per_second()},
          {"scenes", ScenesJson(result)},
          {"rows", RowsJson(search)},
          {"invariants", InvariantsJson(result)},
          {"findings", FindingsJson(result)}};
}

}  // namespace

ordered_json ToJson(const std::vector<ModelSearch>& searches, const model::ExploreOptions& bounds) {
  ordered_json json = {{"bounds",
                        {{"databases", bounds.databases},
                         {"logs", bounds.logs},
                         {"database_pages", bounds.database_pages},
                         {"log_pages", bounds.log_pages},
                         {"max_states", bounds.max_states}}}};
  uint64_t states = 0, transitions = 0, pairs = 0;
  double seconds = 0, cpu_seconds = 0;
  for (const ModelSearch& search : searches) {
    states += search.result.states();
    transitions += search.result.moves();
    pairs += search.result.pairs();
    seconds += search.seconds;
    cpu_seconds += search.cpu_seconds;
    json["dialects"][search.dialect] = ToJson(search);
  }
  json["states"] = states;
  json["transitions"] = transitions;
  json["pairs"] = pairs;
  json["seconds"] = seconds;
  json["cpu_seconds"] = cpu_seconds;
  json["pairs_per_second"] = cpu_seconds > 0 ? static_cast<double>(pairs) / cpu_seconds : 0;
  for (const model::InvariantPlace& place : model::InvariantPlaces()) {
    if (place.where[0] != '\0') json["invariants_elsewhere"][place.id] = place.where;
  }
  return json;
}

}  // namespace backstop::cli
