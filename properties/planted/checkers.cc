// SPDX-License-Identifier: MIT
#include "properties/planted/checkers.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "model/contract/golden.h"
#include "model/contract/strict_check.h"
#include "model/explore/alphabet.h"
#include "model/explore/explore.h"
#include "sim/harness/observed/model_replay.h"

namespace backstop::planted {

namespace {

using Tables = std::vector<EditableTable>;

/// A planted error shows near the first states of a scene, or the search is not what sees it.
constexpr uint64_t kSearchedStates = 1'000;

std::vector<std::string> FilesIn(const std::string& directory, const std::string& extension) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().extension() == extension) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string LookAtContract(const Tables& tables) {
  static const model::contract::Facts facts = model::contract::ReadFacts(BACKSTOP_CONTRACT_DIR);
  const auto findings = model::contract::CheckStrict(Texts(tables), facts);
  return findings.empty() ? "" : findings[0];
}

std::string LookAtGolden(const Tables& tables) {
  static const auto files = FilesIn(std::string(BACKSTOP_CONTRACT_DIR) + "/golden", ".txt");
  model::Lifecycle strict(Families(tables), model::kStrict), ese(Families(tables), model::kEse);
  for (const std::string& file : files) {
    const auto golden = model::contract::ReadGolden(file);
    for (model::Lifecycle* lifecycle : {&strict, &ese}) {
      const auto differences = model::contract::RunGolden(golden, *lifecycle);
      if (!differences.empty()) return differences[0];
    }
  }
  return "";
}

const std::vector<observed::Sequence>& Recordings() {
  static const auto sequences = [] {
    std::vector<observed::Sequence> all;
    std::string error;
    for (const std::string& file : FilesIn(BACKSTOP_OBSERVED_DIR, ".zst")) {
      observed::ReadSequences(
          file, [&](observed::Sequence&& sequence) { all.push_back(std::move(sequence)); }, &error);
    }
    return all;
  }();
  return sequences;
}

/// Whether the machine predicts the sequence, as far as a single thread made it.
bool Predicts(const observed::Sequence& sequence, model::Lifecycle& lifecycle) {
  observed::ModelReplay replay(sequence, lifecycle);
  for (size_t index = 0; index < sequence.steps.size(); ++index) {
    const observed::Step& step = sequence.steps[index];
    if (step.call.find("Surrogate") != std::string::npos) return true;
    if (!replay.Check(index).agrees) return false;
    if (step.ms >= 1000 || step.call.find("Restore") != std::string::npos) return true;
  }
  return true;
}

std::string LookAtRecordings(const Tables& tables) {
  // What the tables themselves do not predict, uses of handles that were never given out, counts
  // for nothing.
  static const auto known = [] {
    model::Lifecycle lifecycle(model::kEse);
    std::set<std::string> ids;
    for (const auto& sequence : Recordings()) {
      if (!Predicts(sequence, lifecycle)) ids.insert(sequence.id);
    }
    return ids;
  }();
  model::Lifecycle lifecycle(Families(tables), model::kEse);
  for (const auto& sequence : Recordings()) {
    if (Predicts(sequence, lifecycle) || known.contains(sequence.id)) continue;
    return fmt::format("{} is not predicted", sequence.id);
  }
  return "";
}

/// What the search finds near the first states of each scene, up to a finding that is new.
std::string Search(const Tables& tables, const std::set<std::string>& known,
                   std::set<std::string>* found) {
  for (const model::Dialect* dialect : {&model::kStrict, &model::kEse}) {
    model::Lifecycle lifecycle(Families(tables), *dialect);
    model::ExploreOptions options{.dialect = dialect, .max_states = kSearchedStates};
    for (const model::Scene& scene : model::MakeScenes(options)) {
      options.scene = scene.name;
      for (const auto& finding : model::Explore(options, lifecycle).findings) {
        const std::string text = fmt::format("{}: {} {}", scene.name, finding.rule, finding.text);
        if (found == nullptr && !known.contains(text)) return text;
        if (found != nullptr) found->insert(text);
      }
    }
  }
  return "";
}

std::string LookAtStates(const Tables& tables) {
  // What the search finds in the specification itself is judged by its own tests.
  static const auto known = [] {
    std::set<std::string> found;
    Search(EditableTables(), {}, &found);
    return found;
  }();
  return Search(tables, known, nullptr);
}

}  // namespace

const std::vector<Checker>& Checkers() {
  static const std::vector<Checker> checkers = {{"contract", &LookAtContract},
                                                {"sequences", &LookAtGolden},
                                                {"recordings", &LookAtRecordings},
                                                {"state search", &LookAtStates}};
  return checkers;
}

}  // namespace backstop::planted
