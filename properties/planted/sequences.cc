// SPDX-License-Identifier: MIT
#include "properties/planted/sequences.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>

#include "sim/harness/conformance/suite.h"
#include "sim/harness/observed/skip_rules.h"

namespace backstop::planted {

void Sequences::Add(observed::Sequence sequence, size_t binding) {
  const auto number = static_cast<uint32_t>(entries_.size());
  entries_.push_back({std::move(sequence), binding});
  std::vector<model::RowId> taken;
  if (Replay(entries_.back(), specification_, &taken) < binding) {
    unpredicted_.push_back(entries_.back().sequence.id);
  }
  std::sort(taken.begin(), taken.end());
  taken.erase(std::unique(taken.begin(), taken.end()), taken.end());
  for (const model::RowId row : taken) takers_[row].push_back(number);
}

size_t Sequences::Replay(const Entry& entry, model::Lifecycle& lifecycle,
                         std::vector<model::RowId>* taken) const {
  observed::ModelReplay replay(entry.sequence, lifecycle, outputs_);
  for (size_t step = 0; step < entry.binding; ++step) {
    if (!replay.Check(step).agrees) return step;
    if (taken != nullptr) taken->insert(taken->end(), replay.rows().begin(), replay.rows().end());
  }
  return entry.binding;
}

std::string Sequences::FirstChange(const Planting& planting) const {
  model::Lifecycle lifecycle(Families(planting.tables), specification_.dialect());
  std::vector<bool> tried(entries_.size(), false);
  for (const model::RowId row : planting.touched) {
    for (const uint32_t number : takers_[row]) {
      if (tried[number]) continue;
      tried[number] = true;
      const Entry& entry = entries_[number];
      const size_t step = Replay(entry, lifecycle, nullptr);
      if (step < entry.binding) return fmt::format("{}, step {}", entry.sequence.id, step);
    }
  }
  return "";
}

namespace {

std::vector<std::string> RecordedFiles() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(BACKSTOP_OBSERVED_DIR)) {
    if (entry.path().extension() == ".zst") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Steps before the first that binds nobody.
size_t BindingSteps(const observed::Sequence& sequence) {
  const auto skips = observed::SkipsOf(sequence, observed::Side::kModel);
  const auto first = std::find_if(skips.begin(), skips.end(), [](observed::Skip skip) {
    return skip != observed::Skip::kNone;
  });
  return static_cast<size_t>(first - skips.begin());
}

std::unique_ptr<Sequences> ReadRecordings() {
  auto all = std::make_unique<Sequences>(model::kEse, observed::Outputs::kRecorded);
  std::string error;
  for (const std::string& file : RecordedFiles()) {
    const auto visit = [&](observed::Sequence&& sequence) {
      const size_t binding = BindingSteps(sequence);
      all->Add(std::move(sequence), binding);
    };
    if (!observed::ReadSequences(file, visit, &error)) fmt::print(stderr, "{}\n", error);
  }
  return all;
}

std::unique_ptr<Sequences> ReadSuite(const model::Dialect& dialect, const std::string& name) {
  auto all = std::make_unique<Sequences>(dialect, observed::Outputs::kSmallestWorld);
  std::string error;
  const auto visit = [&](conformance::Item&& item) {
    if (item.dialect != name && item.dialect != "both") return;
    const size_t steps = item.sequence.steps.size();
    all->Add(std::move(item.sequence), steps);
  };
  if (!conformance::ReadSuite(BACKSTOP_SUITE, visit, &error)) fmt::print(stderr, "{}\n", error);
  return all;
}

}  // namespace

const Sequences& Recordings() {
  static const auto recordings = ReadRecordings();
  return *recordings;
}

const Sequences& StrictSuite() {
  static const auto suite = ReadSuite(model::kStrict, "strict");
  return *suite;
}

const Sequences& EseSuite() {
  static const auto suite = ReadSuite(model::kEse, "ese");
  return *suite;
}

}  // namespace backstop::planted
