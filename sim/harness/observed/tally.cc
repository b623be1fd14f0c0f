// SPDX-License-Identifier: MIT
#include "sim/harness/observed/tally.h"

#include <fmt/format.h>

#include <algorithm>

namespace backstop::observed {
namespace {

constexpr size_t kListed = 100;

}  // namespace

void Tally::Add(Disagreement disagreement) {
  const std::string key =
      fmt::format("{} {} {} {} {}", disagreement.side, disagreement.call, disagreement.what,
                  disagreement.recorded, disagreement.expected);
  auto& [count, example] = classes_.try_emplace(key, 0, disagreement).first->second;
  ++count;
  if (disagreements_.size() < kListed) disagreements_.push_back(std::move(disagreement));
}

std::vector<std::pair<size_t, Disagreement>> Tally::Classes() const {
  std::vector<std::pair<size_t, Disagreement>> classes;
  for (const auto& [key, counted] : classes_) classes.push_back(counted);
  std::ranges::stable_sort(classes, std::greater(),
                           [](const auto& counted) { return counted.first; });
  return classes;
}

nlohmann::ordered_json ToJson(const Tally& tally) {
  nlohmann::ordered_json json{
      {"sequences", tally.sequences},         {"steps", tally.steps},
      {"harness_steps", tally.harness_steps}, {"model_checked", tally.model_checked},
      {"model_allowed", tally.model_allowed}, {"engine_checked", tally.engine_checked},
      {"engine_equal", tally.engine_equal}};
  json["skipped"] = nlohmann::ordered_json::object();
  for (size_t i = 1; i < kSkips; ++i) {
    json["skipped"][SkipName(static_cast<Skip>(i))] = tally.skipped[i];
  }
  json["missing"] = tally.missing;
  json["disagreements"] = nlohmann::ordered_json::array();
  for (const Disagreement& one : tally.disagreements()) {
    json["disagreements"].push_back({{"sequence", one.sequence},
                                     {"step", one.step},
                                     {"call", one.call},
                                     {"side", one.side},
                                     {"what", one.what},
                                     {"recorded", one.recorded},
                                     {"expected", one.expected},
                                     {"clause", one.clause}});
  }
  return json;
}

std::string ToText(const Disagreement& one) {
  const bool engine = one.side == "engine";
  return fmt::format("{} step {}: {}: {} recorded {}, the {} {} {}{}", one.sequence, one.step,
                     one.call, one.what, one.recorded, engine ? "engine" : "specification",
                     engine ? "gives" : "expects", one.expected,
                     one.clause.empty() ? "" : " (" + one.clause + ")");
}

}  // namespace backstop::observed
