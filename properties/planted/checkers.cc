// SPDX-License-Identifier: MIT
#include "properties/planted/checkers.h"

#include <algorithm>
#include <filesystem>

#include "model/contract/golden.h"
#include "model/contract/strict_check.h"
#include "properties/planted/scene_book.h"
#include "properties/planted/sequences.h"

namespace backstop::planted {

namespace {

std::string LookAtContract(const Planting& planting) {
  static const model::contract::Facts facts = model::contract::ReadFacts(BACKSTOP_CONTRACT_DIR);
  const auto findings = model::contract::CheckStrict(Texts(planting.tables), facts);
  return findings.empty() ? "" : findings.front();
}

std::vector<model::contract::Golden> ReadGoldenFiles() {
  std::vector<std::string> files;
  const std::string directory = std::string(BACKSTOP_CONTRACT_DIR) + "/golden";
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  std::vector<model::contract::Golden> golden;
  for (const std::string& file : files) golden.push_back(model::contract::ReadGolden(file));
  return golden;
}

std::string LookAtGolden(const Planting& planting) {
  static const auto sequences = ReadGoldenFiles();
  model::Lifecycle strict(Families(planting.tables), model::kStrict);
  model::Lifecycle ese(Families(planting.tables), model::kEse);
  for (const auto& golden : sequences) {
    for (model::Lifecycle* lifecycle : {&strict, &ese}) {
      const auto differences = model::contract::RunGolden(golden, *lifecycle);
      if (!differences.empty()) return differences.front();
    }
  }
  return "";
}

std::string LookAtSuite(const Planting& planting) {
  const std::string strict = StrictSuite().FirstChange(planting);
  return strict.empty() ? EseSuite().FirstChange(planting) : strict;
}

std::string LookAtRecordings(const Planting& planting) {
  return Recordings().FirstChange(planting);
}

std::string LookAtStates(const Planting& planting) {
  const std::string strict = StrictScenes().FirstFinding(planting);
  return strict.empty() ? EseScenes().FirstFinding(planting) : strict;
}

std::string CompareCounts(const Planting& planting) {
  const std::string strict = StrictScenes().FirstOtherCount(planting);
  return strict.empty() ? EseScenes().FirstOtherCount(planting) : strict;
}

}  // namespace

const std::vector<Checker>& Checkers() {
  static const std::vector<Checker> checkers = {
      {"contract", &LookAtContract},   {"sequences", &LookAtGolden},
      {"conformance", &LookAtSuite},   {"recordings", &LookAtRecordings},
      {"state search", &LookAtStates}, {"Promela", &CompareCounts, false}};
  return checkers;
}

}  // namespace backstop::planted
